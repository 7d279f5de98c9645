import dev.kitbridge.it.App
import dev.kitbridge.it.Chromium

// Fails before the build if a browser is named and missing
if (Chromium.isWanted()) Chromium.program()

App.copyExample(apps, 'spring-boot', new File(basedir, 'library'), kitVersion)
App.copy(apps, 'browser', new File(basedir, 'browser'), '')
true

import dev.kitbridge.it.App

App.copy(apps, 'kit3', new File(basedir, 'site'), kitVersion)
true

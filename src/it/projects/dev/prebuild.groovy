import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

Folder.copy(new File(basedir, 'site/src'), new File(basedir, 'site-kit2/src'))
App.copy(apps, 'browser', new File(basedir, 'browser'), '')
App.copy(apps, 'ferry-adapter', new File(basedir, 'adapter'), '')
App.copy(apps, 'kit3', new File(basedir, 'site'), kitVersion)
App.copy(apps, 'kit2', new File(basedir, 'site-kit2'), kitVersion)
true

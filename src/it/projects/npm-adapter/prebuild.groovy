import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

App.copy(apps, 'kit3', new File(basedir, 'site'), kitVersion)
// where a package of a workspace is
Folder.copy(new File(basedir, 'probe'), new File(basedir, 'node_modules/probe-adapter'))
true

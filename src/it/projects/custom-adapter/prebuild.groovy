import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

def site = new File(basedir, 'site')
def site2 = new File(basedir, 'site-kit2')
// the same app on kit 2; what differs there lies there
['src', 'static', 'notes'].each { Folder.copy(new File(site, it), new File(site2, it)) }
new File(site2, 'src/env.js').delete()
App.copy(apps, 'kit3', site, kitVersion)
App.copy(apps, 'kit2', site2, kitVersion)

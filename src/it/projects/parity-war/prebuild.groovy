import dev.kitbridge.adapter.test.tck.TckApp
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Workspace

def jvm = new File(apps, '../projects/parity-jvm')
def kit3 = new File(basedir, 'kit3')
def lab = new File(kit3, 'lab')
// the suite's app, with another configuration
TckApp.KIT_3.writeTo(lab.toPath())
Workspace.create(kit3, 'lab')
Folder.copy(kit3, new File(basedir, 'official/kit3'))
// the official adapter knows the base path when it builds, a web application is told when it is deployed
new File(lab, 'vite.config.js').bytes = new File(jvm, 'kit3/moved/vite.config.js').bytes
new File(basedir, 'official/kit3/lab/vite.config.js').bytes = new File(jvm, 'kit3/lab/vite.config.js').bytes
new File(basedir, 'docs.md').text = new File(apps, '../../../docs/servlet.md').text
true

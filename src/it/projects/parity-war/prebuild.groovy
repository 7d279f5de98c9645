import dev.kitbridge.it.Folder
import dev.kitbridge.it.Workspace

def jvm = new File(apps, '../projects/parity-jvm')
def storefront = new File(apps, '../../../examples/storefront')
def kit3 = new File(basedir, 'kit3')
def lab = new File(kit3, 'lab')
Folder.copy(new File(jvm, 'apps/lab'), lab)
new File(lab, 'vite.config.js').bytes = new File(jvm, 'kit3/lab/vite.config.js').bytes
for (name in ['package.json', 'package-lock.json']) new File(lab, name).bytes = new File(storefront, name).bytes
Workspace.create(kit3, 'lab')
Folder.copy(kit3, new File(basedir, 'official/kit3'))
new File(basedir, 'docs.md').text = new File(apps, '../../../docs/servlet.md').text
true

import dev.kitbridge.adapter.test.tck.TckApp
import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Workspace

def storefront = new File(apps, '../../../examples/storefront')
// the suite's app, with other configurations
def lab = new File(basedir, 'lab')
TckApp.KIT_3.writeTo(lab.toPath())
for (name in ['vite.config.js', 'package.json', 'package-lock.json']) new File(lab, name).delete()
def kit3 = new File(basedir, 'kit3')
def kit2 = new File(basedir, 'kit2')

// on kit 3 the lab has the packages of the storefront
for (name in ['src', 'static', 'tsconfig.json', 'package.json', 'package-lock.json']) {
    def from = new File(storefront, name)
    def to = new File(kit3, 'storefront/' + name)
    if (from.directory) Folder.copy(from, to)
    else to.bytes = from.bytes
}
for (app in ['lab', 'origin', 'moved']) Folder.copy(lab, new File(kit3, app))
for (name in ['package.json', 'package-lock.json']) {
    new File(kit3, 'lab/' + name).bytes = new File(storefront, name).bytes
}
for (app in ['origin', 'moved']) new File(kit3, app + '/package.json').text = new File(kit3, 'lab/package.json').text
Workspace.create(kit3, 'lab', 'moved', 'storefront')

for (app in ['lab', 'based']) Folder.copy(lab, new File(kit2, app))
App.copyPackages(new File(basedir, 'packages'), 'kit2', new File(kit2, 'lab'), kitVersion)
new File(kit2, 'based/package.json').text = new File(kit2, 'lab/package.json').text
Workspace.create(kit2, 'lab')

new File(basedir, 'docs.md').text = new File(apps, '../../../docs/adapter-jvm-parity.md').text
for (kit in ['kit3', 'kit2']) Folder.copy(new File(basedir, kit), new File(basedir, 'official/' + kit))
true

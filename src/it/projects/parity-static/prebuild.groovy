import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Workspace

for (kit in ['kit3', 'kit2']) {
    def workspace = new File(basedir, kit)
    def names = ['cards', 'console', 'depot', 'pages']
    for (name in names) {
        def app = new File(workspace, name)
        Folder.copy(new File(basedir, 'apps/' + name), app)
        App.copyPackages(apps, kit, app, kitVersion)
    }
    Workspace.create(workspace, *names)
    Folder.copy(workspace, new File(basedir, 'official/' + kit))
}
true

import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

App.copy(apps, 'kit3', basedir, kitVersion)
def site = new File(basedir, 'site')
// Vite would put a small file into the code
new File(site, 'src/routes/gauge/gauge.txt').text = 'High water at noon.\n' * 300
['src', 'static'].each { Folder.copy(new File(site, it), new File(basedir, "site-kit2/$it")) }
App.copy(apps, 'kit2', new File(basedir, 'site-kit2'), kitVersion)
(['site'] + ['missing', 'without-default', 'without-fetch', 'unknown-module']).each {
    def module = new File(basedir, it)
    App.copy(apps, 'kit3', module, '')
    // the packages are those of the parent folder
    new File(module, 'package-lock.json').delete()
    new File(module, 'package.json').text = """{ "name": "$it", "private": true, "type": "module" }\n"""
}
true

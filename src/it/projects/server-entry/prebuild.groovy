import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

App.copy(apps, 'kit3', basedir, kitVersion)
def site = new File(basedir, 'site')
Folder.copy(new File(site, 'src'), new File(basedir, 'site-kit2/src'))
App.copy(apps, 'kit2', new File(basedir, 'site-kit2'), kitVersion)
(['site'] + ['missing', 'without-default', 'without-fetch', 'unknown-module']).each {
    def module = new File(basedir, it)
    App.copy(apps, 'kit3', module, '')
    // the packages are those of the parent folder
    new File(module, 'package-lock.json').delete()
    new File(module, 'package.json').text = """{ "name": "$it", "private": true, "type": "module" }\n"""
}
true

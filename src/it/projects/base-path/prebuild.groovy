import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

def app = new File(basedir, 'app')
def storefront = new File(apps, '../../../examples/storefront')
def frontend = new File(basedir, 'boot/src/main/frontend')
for (folder in [new File(basedir, 'kit3'), new File(basedir, 'kit2'), frontend]) Folder.copy(app, folder)
Folder.copy(new File(basedir, 'kit3/src'), new File(frontend, 'src'))
frontend.toPath().resolve('vite.config.js').toFile().bytes = new File(basedir, 'kit3/vite.config.js').bytes
for (folder in [new File(basedir, 'kit3'), frontend]) App.copyStorefrontPackages(apps, folder, kitVersion)
App.copyPackages(new File(apps, '../projects/parity-jvm/packages'), 'kit2', new File(basedir, 'kit2'), kitVersion)
App.copy(apps, 'browser', new File(basedir, 'browser'), '')
true

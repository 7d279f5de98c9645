import dev.kitbridge.it.App

def app = new File(basedir, 'pnpm')
// the lock file is for one version of SvelteKit
App.copy(apps, 'kit3', app, '')
// the shared app has a lock file of npm
new File(app, 'package-lock.json').delete()

import dev.kitbridge.it.App

def app = new File(basedir, 'pnpm')
// its lock file is of one version of SvelteKit
App.copy(apps, 'kit3', app, '')
// the shared app's own lock file is npm's
new File(app, 'package-lock.json').delete()

import dev.kitbridge.it.App

// with svelte-check among its packages
App.copyStorefrontPackages(apps, new File(basedir, 'site'), kitVersion)
App.copy(apps, 'kit3', new File(basedir, 'site'), kitVersion)
true

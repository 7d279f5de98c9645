import dev.kitbridge.it.App

App.copy(apps, 'kit3', basedir, kitVersion)
// the page's app is not prerendered
new File(basedir, 'src/routes/+layout.js').delete()
true

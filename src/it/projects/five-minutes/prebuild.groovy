import dev.kitbridge.it.App

App.copy(apps, 'kit3', basedir, kitVersion)
// the app of the page is not prerendered
new File(basedir, 'src/routes/+layout.js').delete()
true

import dev.kitbridge.it.App

App.copy(apps, 'kit3', basedir, kitVersion)
// pages are not prerendered
new File(basedir, 'src/routes/+layout.js').delete()
true

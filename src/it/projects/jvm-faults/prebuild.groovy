import dev.kitbridge.it.App

App.copy(apps, 'kit3', basedir, kitVersion)
true

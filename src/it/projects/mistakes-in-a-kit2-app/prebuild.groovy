import dev.kitbridge.it.App

App.copy(apps, 'kit2', basedir, kitVersion)

import dev.kitbridge.it.App

App.copy(apps, 'kit3', new File(basedir, 'boot'), kitVersion)

import dev.kitbridge.it.App
import dev.kitbridge.it.Workspace

def apps = ['plain/src/main/frontend', 'based/src/main/frontend']
apps.each { App.copy(this.apps, 'kit3', new File(basedir, it), kitVersion) }
Workspace.create(basedir, *apps)
true

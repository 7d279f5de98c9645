import dev.kitbridge.it.App
import dev.kitbridge.it.SearchPath

App.copy(apps, 'kit3', basedir, kitVersion)
SearchPath.without(new File(basedir, 'target/without-node'), 'node', 'npm')
SearchPath.without(new File(basedir, 'target/without-npm'), 'npm')
SearchPath.without(new File(basedir, 'target/old-node'), 'node')
def node = new File(basedir, 'target/without-npm/node').canonicalPath
SearchPath.script(new File(basedir, 'target/old-node/node'),
    "[ \"\$1\" = --version ] && echo v20.1.0 || exec '$node' \"\$@\"")
true

import dev.kitbridge.adapter.TargetPlatform
import dev.kitbridge.it.SearchPath

// another file instead of Node, as another user or a full disk might leave it
def platform = TargetPlatform.current()
def home = new File(basedir, "target/cache/node/24.21.0-$platform")
SearchPath.script(new File(home, 'node'), 'touch "$0.was-run"; exec node "$@"')
new File(home, 'sha256').text = 'a' * 64
true

import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def home = new File(basedir, 'target/cache/node').listFiles().find { it.name.startsWith('24.21.0-') }

// fetched once: the second run found a valid Node
assert log.count("Node in $home.canonicalPath has changed since it was fetched; fetching it again") == 1
assert log.count('Fetching Node 24.21.0') == 1
assert log.count('Fetched: Node;') == 1
assert log.count('Nothing was missing for an offline build') == 1

def node = new File(home, 'node')
assert node.length() > 10_000_000
def digest = new File(home, 'sha256').readLines()[0]
assert digest ==~ /[0-9a-f]{64}/ && digest != 'a' * 64
assert [node.path, '--version'].execute().text.trim() == 'v24.21.0'
assert !new File(home, 'node.was-run').exists()

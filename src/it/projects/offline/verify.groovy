import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)

// packages are fetched, deleted, and installed again from the cache
log.has("Fetched: packages (npm ci --no-audit --no-fund --include=dev --include=optional --include=peer); 'mvn -o package' needs no network now")
log.has("Installing packages in $basedir.canonicalPath: npm ci --no-audit --no-fund --include=dev --include=optional --include=peer --offline\n")
assert new File(basedir, 'target/adapters/static/index.html').text.contains('High water at noon.')
log.has('Nothing changed since the last Vite build')

// errors: packages, Node or a network is missing
def failures = log.failuresOf('offline')
assert failures.size() == 3
def missing = failures[0] =~ /Maven is offline, and (\S+), at least, is not in npm's cache; run 'mvn adapter:go-offline' once/
assert missing.find()
assert new File(basedir, 'package-lock.json').text.contains("\"node_modules/${missing.group(1)}\"")
assert failures[1].contains("Node 24 (<nodeVersion>24) is not in ${new File(basedir, 'target/empty/node').canonicalPath} and Maven is offline")
assert failures[1].contains("'mvn adapter:go-offline'") && failures[1].contains('<nodeExecutable>')
assert failures[2].contains('adapter:go-offline needs a network; run it without -o')

import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def failures = log.failuresOf('programs-missing')
assert failures.size() == 5
def says = { number, String... parts -> parts.each { assert failures[number].contains(it) } }

says(0, 'No Node was found: there is none on PATH', '<nodeExecutable>', 'add <nodeVersion>24</nodeVersion>')
says(1, 'no npm on PATH', 'install npm', '<install>never</install>')
says(2, 'Node 24 (<nodeVersion>24) is fetched through npm', 'no npm on PATH', '<nodeExecutable>')

def old = new File(basedir, 'target/old-node/node').canonicalPath
def needed = new groovy.json.JsonSlurper().parse(new File(basedir, 'node_modules/@sveltejs/kit/package.json'))
says(3, "Node 20.1.0 ($old, from PATH) does not suit SvelteKit $needed.version, which needs $needed.engines.node",
    'set <nodeVersion>24</nodeVersion>', '<nodeExecutable>')
says(4, "Node 20.1.0 ($old, from <nodeExecutable>) does not suit SvelteKit")

// the advice of the message works, and the packages were installed once
log.has('and Node 24.').has('(<nodeVersion>24)')
assert log.count('Installing packages in') == 1
assert new File(basedir, 'target/adapters/static/index.html').isFile()

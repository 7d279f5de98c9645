import dev.kitbridge.it.Invocations

def log = Invocations.log(basedir, 2)

log.failureOf('contradiction', "Adapters 'a' and 'b' need different Vite builds", "'a' sets build.target to \"es2022\"",
    "'b' sets it to \"es2024\"", 'second <execution>')
log.failureOf('lock-of-another', 'src/main/npm/npm-lock.json holds @sveltejs/adapter-node 6.0.0',
    'the POM asks for @sveltejs/adapter-node@6.0.1', "run 'mvn adapter:lock' and commit")
log.failureOf('no-function', "Adapter 'edge' (object 1.2.3) is no adapter", 'is a function of its options, and it is an object with name',
    'check <package>')
log.failureOf('no-version', '@sveltejs/adapter-node is not installed in', '<version> is missing', 'set <version>')
log.failureOf('options-as-text', "<options> is 'fast'", 'expected child elements, or JSON in braces')
log.failureOf('package-unknown', '@sveltejs/adapter-of-kitbridge-tests@1.0.0 could not be installed',
    'the npm registry knows no such package', 'check <package>')
log.failureOf('read-refused', "Adapter 'edge' does not support 'read' from \$app/server, which is used in src/routes/raw: no files at the edge")
log.failureOf('same-output', "Adapter 'two' (a 1.2.3) writes to build", "as adapter 'one' before it does", 'another output folder in its <options>')
log.failureOf('sveltekit-of-another', 'a 1.2.3 is for SvelteKit ^2.4.0, and the app has SvelteKit 3.', 'set <version>')
log.failureOf('throws', "Adapter 'edge' (a 1.2.3) failed: the zone is not configured")
log.failureOf('version-unknown', '@sveltejs/adapter-node@99.0.0 could not be installed', 'has no such version', 'check <version>')

Invocations.log(basedir, 3).failedWith('@sveltejs/adapter-node@6.0.0 could not be installed: Maven is offline',
    "is not in npm's cache", "run 'mvn adapter:go-offline' once with a network")
true

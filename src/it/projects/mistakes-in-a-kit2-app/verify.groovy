import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def folder = { new File(basedir, it).canonicalPath }

log.has('Building ' + folder('site') + ' with SvelteKit 2.').has(' (PATH)')
assert new File(basedir, 'site/target/adapters/static/index.html').text.contains('Tide table')

log.failureOf('page-with-mistake', 'The Vite build of ' + folder('page-with-mistake') + ' failed',
    'src/routes/+page.svelte:2:0', 'Block was left open')
log.failureOf('config-without-sveltekit', 'not found in the vite.config of ' + folder('config-without-sveltekit'),
    'add sveltekit() to its plugins', 'supported versions are >=2.62.0 <4.0.0')
log.failureOf('read-in-a-route', "Adapter 'static' does not support 'read' from \$app/server", 'used in src/routes/report;')
log.failureOf('instrumented', "Adapter 'static' does not support instrumentation.server.js", 'remove the file')
true

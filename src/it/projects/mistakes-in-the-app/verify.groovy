import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def folder = { new File(basedir, it).canonicalPath }

// Vite's own message, with file and line
log.failureOf('page-with-mistake', 'The Vite build of ' + folder('page-with-mistake') + ' failed',
    'src/routes/+page.svelte:2:0', 'Block was left open')
log.failureOf('import-of-nothing', "Could not resolve './tides.js' in src/routes/+page.svelte", '+page.svelte:2:23')
log.failureOf('config-that-throws', 'The Vite build of ' + folder('config-that-throws') + ' failed: TIDE_STATION is not set',
    'failed to load config from ' + folder('config-that-throws/vite.config.js'))
log.failureOf('page-that-throws', 'Prerendering failed', 'the tide gauge does not answer', 'at load (src/routes/+page.js:2:8)',
    'Failed to prerender `/`')
log.failureOf('config-without-sveltekit', 'not found in the vite.config of ' + folder('config-without-sveltekit'),
    'add sveltekit() to its plugins', 'supported versions are >=2.62.0 <4.0.0')
// a version out of the range is tried if the user asks for it
log.has('SvelteKit 4.0.0 in ' + folder('kit-of-unknown-structure') + ' is not supported: expected >=2.62.0 <4.0.0, tested with ')
    .has('the build continues because of -Dadapter.anySvelteKit')
log.failureOf('kit-of-unknown-structure', 'SvelteKit was not found in the vite.config of ', 'no plugin named vite-plugin-sveltekit-setup',
    'SvelteKit 4.0.0 has an unknown structure; supported versions are >=2.62.0 <4.0.0, tested ones 2.62.0 to ')
log.failureOf('command-that-fails', "'node missing.js', for the script 'build' of " + folder('command-that-fails/package.json'),
    'failed with exit code 1', 'Cannot find module')

// Yarn's Plug'n'Play fails before the installation
log.failureOf('plug-and-play', "Plug'n'Play", "nodeLinker is not set, and pnp is Yarn's default",
    "add the line 'nodeLinker: node-modules' to " + folder('plug-and-play/.yarnrc.yml'), 'Nothing was installed')
assert !new File(basedir, 'plug-and-play/node_modules').exists()

// files instead of folders; the build fails before any program runs
['target-is-a-file': 'target', 'output-is-a-file': 'target/adapters/static'].each { module, file ->
    def text = log.failureOf(module, folder(module + '/' + file) + ' is a file, and the build needs a folder there; delete it, or move it')
    assert !text.contains('Building')
    assert new File(basedir, module + '/' + file).text == 'of an earlier build'
}

// features that static files cannot provide
def dynamic = log.failureOf('routes-dynamic', "Adapter 'static'", '  - src/routes/harbours/[name]\n', '  - src/routes/api/now\n',
    "'export const prerender = true'", '<fallback>200.html</fallback>', 'prerender.entries', '<strict>false</strict>',
    'an adapter that runs a server')
assert !dynamic.contains('- src/routes/\n')
log.failureOf('read-in-a-route', "Adapter 'static' does not support 'read' from \$app/server", 'used in src/routes/report;',
    'prerender that route')
log.failureOf('instrumented', "Adapter 'static' does not support instrumentation.server.js", 'remove the file')
log.failureOf('resources-too-late', 'resources-too-late-1.0.jar has already been packaged', '<phase>prepare-package</phase>')

// invalid output folders are rejected before a file is deleted
def refused = { module, String... parts ->
    def text = log.failureOf(module, "Adapter 'static': The output", 'Nothing was written or deleted.')
    parts.each { assert text.contains(it) }
}
refused('pages-among-sources', "'src' is " + folder('pages-among-sources/src'), 'not below the module\'s output folder '
    + folder('pages-among-sources/target'), 'target/adapters/site for example')
refused('assets-among-sources', "'src' is")
refused('only-assets-right', "'src' is")
refused('pages-above-the-module', "'..' is " + basedir.canonicalPath)
refused('pages-in-another-module', "'../site/static' is")
refused('pages-in-all-of-target', "'target' is the module's output folder itself")
refused('pages-in-the-classes', "'target/classes' holds", 'to which other plugins of the module write')
refused('pages-through-a-link', "'target/link' is")
['pages-among-sources/src/tides.txt', 'assets-among-sources/src/tides.txt', 'only-assets-right/src/tides.txt',
 'only-assets-right/target/assets/tides.csv', 'pages-above-the-module/pom.xml', 'site/static/robots.txt',
 'pages-in-all-of-target/target/classes/Tides.class', 'pages-in-the-classes/target/classes/Tides.class',
 'pages-through-a-link/src/tides.txt'].each { assert new File(basedir, it).isFile() : it }

// the shared app itself builds
assert new File(basedir, 'site/target/adapters/static/index.html').isFile()

import dev.kitbridge.it.Invocations

def sections = { String text ->
    text.split('== ').drop(1).collectEntries { part -> [part.readLines()[0].trim(), part] }
}
def log = sections(new File(basedir, 'build.log').text)
def starts = sections(new File(basedir, 'starts.txt').text)
def bridge = { String text -> text.count('bridge.mjs') }

// one Vite build for the first two runs
def before = new File(basedir, 'starts.txt').text.split('== ')[0]
assert bridge(before) == 1
// the version of the package manager was requested once, before the install
assert before.count('--version') == 1
Invocations.log(basedir, 2).has('Nothing changed since the last Vite build').has("Nothing changed for adapter 'static'")

Invocations.log(basedir, 1).has('Building: first build')

def step = { String name, boolean built, boolean adapted, String change = '' ->
    if (built) assert log[name].contains("Building: $change") : "$name: ${log[name]}"
    assert log[name].contains('with SvelteKit') == built : "$name: Vite ${built ? 'should have' : 'has'} run"
    assert log[name].contains('Nothing changed since the last Vite build') == !built : name
    assert bridge(starts[name]) == (built ? 1 : 0) : name
    assert log[name].contains('static: \u2714 Wrote') == adapted : "$name: adapter ${adapted ? 'should have' : 'has'} run"
    assert log[name].contains("Nothing changed for adapter 'static'") == !adapted : name
    // runs without Vite started no Node, except for compression
    assert built || name == 'precompress' || starts[name].readLines().size() == 1 : "$name: ${starts[name]}"
}
step('nothing', false, false)
step('touch', false, false)
step('source', true, true, 'src/routes/+page.svelte changed')
step('static', true, true, 'static/robots.txt changed')
step('env', true, true, '.env is new')
step('config', true, true, 'vite.config.js changed')
step('outside', true, true, '')
step('output', true, true, 'the output of the last build changed or is missing')
step('output-file', true, true, 'the output of the last build changed or is missing')
step('target', false, true)
step('product', false, true)
step('product-file', false, true)
step('option', false, true)
step('precompress', false, true)
step('mode', true, true, '<mode> changed from production to staging')
step('variable', true, true, '<mode> changed from staging to production, the environment variable TIDE changed')
step('lock', true, true, 'the environment variable TIDE changed, package-lock.json changed')
step('end', false, false)

assert log['outside'].contains('shared.css changed')
assert log['lock'].contains('npm ci') && log.count { it.value.contains('npm ci') } == 1
assert starts['precompress'].contains('serve.mjs alone')

// the output has the last state of all inputs
def site = new File(basedir, 'target/adapters/static')
assert new File(site, 'index.html').text.contains('Low water at six.')
assert new File(site, 'robots.txt').text == 'User-agent: *'
assert !new File(site, '200.html').exists() && !new File(site, 'index.html.gz').exists()
true

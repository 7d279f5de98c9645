import dev.kitbridge.it.App
import dev.kitbridge.it.Invocations
import groovy.json.JsonSlurper
import java.util.zip.ZipFile

// the options have JavaScript's types
def options = new JsonSlurper().parse(new File(basedir, 'site/probed/options.json'))
assert options == [
    out: 'probed', berth: 'south', port: 8080, ratio: -0.5, secure: true, none: null, text: '8080', quays: [1, 'east'],
    boat: ['Möwe', 'Kranich'], crane: [load: 12, names: ['a', 'b']], rule: [match: '/x/*', depth: [1, 2]]
]

// kit's own Builder, and a prerendered page with the adapter's platform and its Vite plugin
assert new JsonSlurper().parse(new File(basedir, 'site/probed/routes.json')).sort() == ['/', '/raw']
def page = new File(basedir, 'site/probed/pages/index.html').text
assert page.contains('<p>south and south</p>')

// the adapter in Java got the same build
assert new File(basedir, 'target/adapters/static/index.html').text == page
assert new File(basedir, 'target/adapters/static/200.html').exists()

// copied and attached: what <outputs> names, and no intermediate files
def files = ['options.json', 'pages/index.html', 'routes.json']
def copied = App.files(new File(basedir, 'target/adapters/probe'))
assert copied.containsAll(files)
def zip = new ZipFile(new File(basedir, 'target/npm-adapter-1.0-probe.zip')).withCloseable { it.entries()*.name }
assert zip == copied
assert new File(basedir, 'site/.svelte-kit/probe/notes.txt').exists()

Invocations.log(basedir, 1).has('probe: probe-adapter wrote .svelte-kit/probe, probed')
// each execution builds, since SvelteKit has one output folder for all of them
assert new File(basedir, 'site/build/pages/index.html').text.contains('<p>west and west</p>')
assert Invocations.log(basedir, 2).count('Building: the output of the last build changed or is missing') == 2
Invocations.log(basedir, 3).has('Building: the options of adapter probe changed')

// a preview has the platform too
Invocations.log(basedir, 4).has('/raw answered 200').has('event.platform: {"berth":"south","prerender":false}')
true

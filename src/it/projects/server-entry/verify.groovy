import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Node
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.ServedGoal

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

def settings = [PORT: '0', HOST: '127.0.0.1', WORKERS: '1', ORIGIN: 'http://localhost', TIDE_STATION: 'Gibraltar',
                CACHE_DIRECTORY: new File(basedir, 'target/cache').path]
def client = HttpClient.newHttpClient()
def get = { int port, String path ->
    client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port$path")).build(), HttpResponse.BodyHandlers.ofString())
}

// answers of the entry itself, whose environment does not contain the worker's secret; and requests that it passes to SvelteKit:
// shared modules exist once, the client's address and the platform are passed on, or what the entry passes instead
def expected = [
    '/station' : [200, null, 'Gibraltar undefined'],
    '/now'     : [200, 'Gibraltar', 'entered # from 127.0.0.1 platform object on Node'],
    '/alone'   : [200, null, 'entered # from nowhere platform string on Node'],
    '/gauge'   : [200, 'Gibraltar', 'High water at noon.\n' * 300],
    '/measured': [200, null, 'High water at noon.\n' * 300],
    '/files'   : [200, null, 'true false'],
    '/nowhere' : [404, 'Gibraltar', ''],
    // a wrong result of the entry, or an exception, fails the request and not the server
    '/nothing' : [500, null, ''],
    '/storm'   : [500, null, ''],
]
def answers = { int port ->
    expected.collectEntries { path, answer ->
        def got = get(port, path)
        def page = (got.body() =~ /<p>(entered .*)<\/p>/)
        def text = page ? page[0][1].replaceFirst(/\d+/, '#') : got.body()
        [path, [got.statusCode(), got.headers().firstValue('x-station').orElse(null), answer[2] ? text : '']]
    }
}
// the second part of the stream is sent when another request arrives
def streams = { int port ->
    def stream = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port/tides")).build(), HttpResponse.BodyHandlers.ofInputStream())
    def first = new String(stream.body().readNBytes(6))
    assert get(port, '/turn').body() == 'undefined'
    first + new String(stream.body().readAllBytes())
}

// in a preview, then in development, with the entry in the folder of the app
def serves = { String module, String site, Map wanted ->
    def serve = { String goal, Closure test ->
        def log = new File(basedir, "$module-${goal.replace(':', '-')}.log")
        ServedGoal.serve(new File(basedir, module), log, apps, machineRepository, localRepositoryPath, goal) {
            def port = URI.create(it.url()).port
            assert answers(port) == wanted
            assert streams(port) == 'high, low'
            assert get(port, '/chart.txt').body() == 'Chart of Gibraltar'
            test(it, port)
            it.interrupt(1)
        }
    }
    serve('adapter:emulate') { goal, port ->
        goal.maven().await('the error is logged with its place') { (goal.log() =~ /no tide in a storm\R.*server.*js:\d+/).find() }
    }
    def entry = new File(basedir, "$site/src/server.js")
    def counter = new File(basedir, "$site/src/counter.js")
    def (text, count) = [entry.text, counter.text]
    serve('adapter:dev') { goal, port ->
        assert get(port, '/').headers().firstValue('x-station').get() == 'Gibraltar'
        int line = text.readLines().findIndexOf { it.contains('no tide in a storm') } + 1
        assert get(port, '/storm').body() =~ /no tide in a storm\n\s+at .*src\/server\.js:$line:/
        // edits are seen: of the entry, of a module that it imports, and of one that is broken meanwhile
        def station = { get(port, '/now').headers().firstValue('x-station').orElse('none') }
        // Vite's watcher ignores a second change within 50 ms, so that one is announced until it is seen
        def edit = { File file, String content, String what, Closure seen ->
            file.text = content
            goal.maven().await(what) { seen() || !file.setLastModified(System.currentTimeMillis()) }
        }
        edit(entry, text.replace("'x-station', env.TIDE_STATION", "'x-station', 'Tarifa'"), 'the entry is loaded again') { station() == 'Tarifa' }
        edit(counter, 'export const counter = { entered: 777000 };\n', 'its module is loaded again') {
            get(port, '/now').body().contains('entered 777')
        }
        // SvelteKit 2 keeps the module that accepted the update
        if (site == 'site') edit(entry, 'export default {', 'a syntax error is shown') { get(port, '/now').statusCode() == 500 }
        edit(entry, text.replace('async fetch', 'async handle'), 'an entry without fetch is named') {
            get(port, '/now').body().contains('The default export of src/server.js has no method fetch(request), which <serverEntry> needs')
        }
        edit(entry, text, 'the first entry answers again') { station() == 'Gibraltar' }
    }
    counter.text = count
}

['site', 'site-kit2'].each { module ->
    def app = RunningJar.start(new File(basedir, "$module/target/$module-1.0-app.jar"), '', settings)
    try {
        def port = app.port()
        assert answers(port) == expected
        assert streams(port) == 'high, low'
        // the JVM answers files and prerendered pages, which the entry has answered while they were prerendered
        def prerendered = get(port, '/')
        assert prerendered.statusCode() == 200 && !prerendered.headers().firstValue('x-station').present
        assert get(port, '/chart.txt').body() == 'Chart of Gibraltar'
        app.awaitOutput('fetch(request) of src/server.js should return a Response, but returned undefined')
        app.awaitOutput('no tide in a storm')
    } finally {
        app.close()
    }
    assert new File(basedir, "$module/.svelte-kit/output/prerendered/pages/chart.txt").text == 'Chart of Gibraltar'
    serves(module, module, expected)
}

// with Bun in the product, Vite runs on Bun too
serves('bun', 'site', expected.collectEntries { path, answer -> [path, answer.collect { it instanceof String ? it.replace('on Node', 'on Bun') : it }] })
assert new File(basedir, 'bun-adapter-dev.log').text =~ /Vite and the app's server code run on Bun \d+\.\d+\.\d+, the runtime of adapter 'jvm'/

// a SvelteKit that takes its server from elsewhere
def strange = new File(basedir, 'strange')
new File(strange, 'src').mkdirs()
new File(strange, 'package.json').text = '{}'
new File(strange, 'src/server.js').text = 'export default {};'
def kit = new File(strange, 'node_modules/@sveltejs/kit')
kit.mkdirs()
new File(kit, 'package.json').text = '{ "version": "3.99.0" }'
def plugins = []
new File(basedir, 'site/.svelte-kit/kitbridge').eachFileRecurse { if (it.name.endsWith('server-entry.mjs')) plugins << it }
def plugin = groovy.json.JsonOutput.toJson(plugins[0].toURI().toString())
def check = { Map<String, String> files ->
    files.each { name, text ->
        def file = new File(kit, name)
        file.parentFile.mkdirs()
        file.text = text
    }
    Node.run(strange, [:], '--input-type=module', '-e', """
        const { default: plugin } = await import($plugin);
        try {
            plugin({ entry: 'src/server.js', name: 'entry', server: '' }).config({ root: process.cwd() }, { command: 'serve' });
            console.log('accepted');
        } catch (error) {
            console.log(error.message);
        }""").trim()
}
def wrong = { String file, String should ->
    "<serverEntry> does not work with SvelteKit 3.99.0: ${new File(kit, file).canonicalPath} should $should; " +
            'use a version of SvelteKit that Kitbridge supports, or remove <serverEntry>'
}
def server = 'src/runtime/server/index.js'
assert check([:]) == wrong(server, 'export a function configure or a class Server')
assert check([(server): 'export class Handler {}\n']) == wrong(server, 'export a function configure or a class Server')
def users = ['src/exports/vite/dev/index.js', 'src/exports/vite/preview/index.js', 'src/core/postbuild/prerender.js']
def used = "const { configure } = await import(`/server/index.js`);\nconst { respond } = await configure({"
assert check([(server): 'export async function configure() {}\n', (users[0]): used, (users[1]): 'fetch()']) ==
        wrong(users[1], "load $server, or the server/index.js that is built from it")
assert check([(users[1]): used, (users[2]): 'await import(`/server/index.js`)']) == wrong(users[2], 'call its function configure')
assert check([(users[2]): used]) == 'accepted'

def log = BuildLog.of(basedir)
log.failureOf('missing', '<serverEntry> is src/server.js, but there is no file ' + new File(basedir, 'missing/src/server.js').canonicalPath,
        "the path is relative to the app's folder")
log.failureOf('without-default', 'src/server.js has no default export', 'export default { fetch(request) { … } }')
log.failureOf('unknown-module', 'There is no module sveltekit:tides; a server entry can import sveltekit:env, sveltekit:server, sveltekit:server-manifest')
log.failureOf('without-fetch', 'The default export of src/server.js has no method fetch(request), which <serverEntry> needs')
true

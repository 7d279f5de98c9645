import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.RunningJar

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

def settings = [PORT: '0', HOST: '127.0.0.1', WORKERS: '1', ORIGIN: 'http://localhost', TIDE_STATION: 'Gibraltar',
                CACHE_DIRECTORY: new File(basedir, 'target/cache').path]
def client = HttpClient.newHttpClient()
def get = { int port, String path ->
    client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port$path")).build(), HttpResponse.BodyHandlers.ofString())
}

['site', 'site-kit2'].each { module ->
    def app = RunningJar.start(new File(basedir, "$module/target/$module-1.0-app.jar"), '', settings)
    try {
        def port = app.port()
        // answers of the entry itself, whose environment does not contain the worker's secret
        assert get(port, '/station').body() == 'Gibraltar undefined'
        // requests that it passes to SvelteKit: shared modules exist once, the client's address and the platform are passed on
        def page = get(port, '/now')
        assert page.statusCode() == 200
        assert page.body().contains('entered 1 from 127.0.0.1 platform object')
        assert page.headers().firstValue('x-station').get() == 'Gibraltar'
        assert get(port, '/gauge').body().trim() == 'High water at noon.'
        assert get(port, '/nowhere').statusCode() == 404
        // files and prerendered pages do not reach it
        def prerendered = get(port, '/')
        assert prerendered.statusCode() == 200 && !prerendered.headers().firstValue('x-station').present
        // a wrong result of the entry fails the request, not the server
        assert get(port, '/nothing').statusCode() == 500
        app.awaitOutput('fetch(request) of src/server.js should return a Response, but returned undefined')
        assert get(port, '/now').body().contains('entered 4 ')
    } finally {
        app.close()
    }
}

def log = BuildLog.of(basedir)
log.failureOf('missing', '<serverEntry> is src/server.js, but there is no file ' + new File(basedir, 'missing/src/server.js').canonicalPath,
        "the path is relative to the app's folder")
log.failureOf('without-default', 'src/server.js has no default export', 'export default { fetch(request) { … } }')
log.failureOf('unknown-module', 'There is no module sveltekit:tides; a server entry can import sveltekit:env, sveltekit:server, sveltekit:server-manifest')
// whether the default export has a method fetch is checked at the start
def app = RunningJar.start(new File(basedir, 'without-fetch/target/without-fetch-1.0-app.jar'), '', settings)
try {
    app.awaitOutput('The default export of src/server.js has no method fetch(request), which <serverEntry> needs')
} finally {
    app.close()
}
true

import dev.kitbridge.it.RunningJar

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

def client = HttpClient.newHttpClient()
def send = { int port, String path, Map<String, String> headers = [:], String form = null ->
    def request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port$path"))
    headers.each { name, value -> request.header(name, value) }
    if (form != null) request.POST(HttpRequest.BodyPublishers.ofString(form)).header('content-type', 'application/x-www-form-urlencoded')
    client.send(request.build(), HttpResponse.BodyHandlers.ofString())
}
def text = { HttpResponse<String> page -> (page.body() =~ /<p>(rendered [^<]*)<\/p>/)[0][1] }
def state = { HttpResponse<String> page -> page.headers().firstValue('cache-status').orElse('') }
def start = { String module, String mode, Map<String, String> more = [:] ->
    RunningJar.start(new File(basedir, "$module/target/$module-1.0-app.jar"), '',
            [PORT: '0', HOST: '127.0.0.1', WORKERS: '1', ORIGIN: 'http://localhost', PAGE_CACHE: mode,
             CACHE_DIRECTORY: new File(basedir, 'target/cache').path] + more)
}

['site', 'site-kit2'].each { module ->
    def app = start(module, 'on')
    try {
        def port = app.port()
        // the rule of the page's own route, learned by the first request, whose cookie is in its page
        assert text(send(port, '/tide?day=1', [cookie: 'visitor=anna'])) == 'rendered 1 day 1 spring null for anna'
        def second = send(port, '/tide?spring=yes&day=1', [cookie: 'visitor=ben'])
        assert text(second) == 'rendered 2 day 1 spring null for nobody'
        assert state(second).startsWith('kitbridge; fwd=miss; stored')
        def third = send(port, '/tide?day=1', [cookie: 'visitor=anna', 'accept-encoding': 'gzip'])
        assert state(third).startsWith('kitbridge; hit; ttl=3')
        assert third.headers().firstValue('content-encoding').get() == 'gzip'
        assert text(send(port, '/tide?day=1')) == 'rendered 2 day 1 spring null for nobody'
        assert text(send(port, '/tide?day=2')) == 'rendered 3 day 2 spring null for nobody'
        assert state(send(port, '/tide/__data.json?day=1')) == 'kitbridge; fwd=miss; detail=no-store'
        // an action invalidates its page
        def posted = send(port, '/tide', [origin: 'http://localhost', accept: 'text/html'], 'height=3')
        assert posted.statusCode() == 200
        assert text(send(port, '/tide?day=1')).startsWith('rendered 6 ')
        // a layout hands its rule down; one that is invalid is logged
        assert text(send(port, '/ports/new')) == 'rendered 1'
        assert text(send(port, '/ports/new')) == 'rendered 1'
        send(port, '/harbour')
        app.awaitOutput('The route of /harbour is not kept in the page cache: config.cache.unknown is unknown')
        // headers
        assert text(send(port, '/greeting')) == 'rendered 1 for nobody'
        assert state(send(port, '/greeting')).startsWith('kitbridge; hit')
        assert text(send(port, '/greeting', [authorization: 'Basic YW5uYTphbm5h'])) == 'rendered 2 for nobody'

        // kept pages need no worker
        def workers = app.process().descendants().filter { it.info().command().orElse('') ==~ /.*node[^\/]*/ }.toList()
        assert !workers.empty
        workers*.destroyForcibly()
        10.times { assert state(send(port, '/greeting')).startsWith('kitbridge; hit') }
    } finally {
        app.close()
    }
}

def app = start('site', 'declared')
try {
    def port = app.port()
    assert text(send(port, '/greeting')) == 'rendered 1 for nobody'
    assert text(send(port, '/greeting')) == 'rendered 2 for nobody'
    send(port, '/tide')
    assert state(send(port, '/tide')).startsWith('kitbridge; hit')
} finally {
    app.close()
}

app = start('site', 'off')
try {
    def port = app.port()
    assert text(send(port, '/tide')).startsWith('rendered 1 ')
    def second = send(port, '/tide')
    assert text(second).startsWith('rendered 2 ') && state(second) == ''
} finally {
    app.close()
}
true

import dev.kitbridge.it.Redis
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.ServedGoal

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

// the build says which routes have a rule
def log = new File(basedir, 'build.log').text
assert log.contains('Rules of the page cache: ')
// platform.cache is a member while prerendering and in a preview
assert log.contains('/price answered 200')

// what clients of a jar and of a preview see
def rules = { int port, String origin, String remote ->
    // the rule of the page's own route, learned by the first request, whose cookie is in its page
    assert text(send(port, '/tide?day=1', [cookie: 'visitor=anna'])) == 'rendered 1 day 1 spring null for anna'
    def second = send(port, '/tide?spring=yes&day=1', [cookie: 'visitor=ben'])
    assert text(second) == 'rendered 2 day 1 spring null for nobody'
    assert state(second).startsWith('kitbridge; fwd=uri-miss; stored')
    def third = send(port, '/tide?day=1', [cookie: 'visitor=anna', 'accept-encoding': 'gzip'])
    assert state(third).startsWith('kitbridge; hit; ttl=3')
    assert third.headers().firstValue('content-encoding').get() == 'gzip'
    assert text(send(port, '/tide?day=1')) == 'rendered 2 day 1 spring null for nobody'
    assert text(send(port, '/tide?day=2')) == 'rendered 3 day 2 spring null for nobody'
    assert state(send(port, '/tide/__data.json?day=1')) == 'kitbridge; fwd=uri-miss; detail=no-store'
    // an action invalidates its page
    def posted = send(port, '/tide', [origin: origin, accept: 'text/html'], 'height=3')
    assert posted.statusCode() == 200
    assert text(send(port, '/tide?day=1')).startsWith('rendered 6 ')
    // a layout hands its rule down
    assert text(send(port, '/ports/new')) == 'rendered 1'
    assert text(send(port, '/ports/new')) == 'rendered 1'
    // headers
    assert text(send(port, '/greeting')) == 'rendered 1 for nobody'
    assert state(send(port, '/greeting')).startsWith('kitbridge; hit')
    assert text(send(port, '/greeting', [authorization: 'Basic YW5uYTphbm5h'])) == 'rendered 2 for nobody'

    // what is for one visitor is never kept
    ['cookie', 'nonce', 'private', 'varies', 'address', 'request', 'members'].each { kind ->
        (1..3).each { assert text(send(port, "/kinds/$kind" as String)) == "rendered $it for nobody" as String }
    }
    (1..2).each { assert text(send(port, '/kinds/plain', [cookie: 'visitor=anna'])) == "rendered $it for visitor=anna" as String }
    assert text(send(port, '/kinds/plain')) == 'rendered 3 for nobody'
    def plain = send(port, '/kinds/plain')
    assert state(plain).startsWith('kitbridge; hit')
    def etag = plain.headers().firstValue('etag').get()
    assert send(port, '/kinds/plain', ['if-none-match': "\"other\", $etag" as String]).statusCode() == 304
    def part = send(port, '/kinds/plain', [range: 'bytes=3-12'])
    assert part.statusCode() == 206 && part.body() == 'rendered 3'
    def head = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port/kinds/plain")).method('HEAD', HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString())
    assert state(head).startsWith('kitbridge; hit') && head.body() == ''
    assert send(port, '/kinds/plain', [origin: origin], '').body() == 'changed'
    assert text(send(port, '/kinds/plain')) == 'rendered 4 for nobody'

    // a remote function: the rule of the page that calls it is not for its answers
    def caller = ['x-sveltekit-pathname': '/visits', 'x-sveltekit-search': '']
    2.times { assert send(port, "$remote/shared" as String, caller).body().contains('answered 1') }
    assert state(send(port, "$remote/shared" as String, caller)).startsWith('kitbridge; hit')
    assert send(port, "$remote/shared" as String).body().contains('answered 2')
    ['anna', 'ben', 'anna'].eachWithIndex { visitor, i ->
        assert send(port, "$remote/own" as String, caller + [cookie: "visitor=$visitor" as String]).body().contains("answered ${3 + i} for $visitor" as String)
    }

    assert text(send(port, '/chart')) == 'rendered with 0'
    // an endpoint revalidates by tag
    assert text(send(port, '/price')) == 'rendered 1'
    assert text(send(port, '/price')) == 'rendered 1'
    assert send(port, '/change?tag=other', [origin: origin], '').body() == '{"unreached":[]}'
    assert text(send(port, '/price')) == 'rendered 1'
    assert send(port, '/change?tag=price', [origin: origin], '').body() == '{"unreached":[]}'
    assert text(send(port, '/price')) == 'rendered 2'
    // a Java service, when its call has returned
    ['changeTag=price', 'changePath=/price', 'changeAll=stocktaking'].eachWithIndex { change, i ->
        assert send(port, '/change?changeTag=other', [origin: origin], '').body() == '[]'
        assert state(send(port, '/price')).startsWith('kitbridge; hit')
        assert send(port, "/change?$change" as String, [origin: origin], '').body() == '[]'
        assert text(send(port, '/price')) == "rendered ${3 + i}" as String
    }
}

// kit's name for the module of the remote functions is in the client's code
def remoteOf = { String module ->
    def names = [] as Set
    new File(basedir, module).eachFileRecurse { file ->
        if (file.path.contains('node_modules') || !file.path.contains('immutable') || !file.name.endsWith('.js')) return
        (file.text =~ /["`']([0-9a-z]+)\/shared["`']/).each { names << it[1] }
    }
    assert names.size() == 1
    "/_app/remote/${names[0]}" as String
}
def token = '0123456789abcdef'
['site', 'site-kit2'].each { module ->
    def app = start(module, 'on', [MANAGEMENT_PORT: '0', PAGE_CACHE_TOKEN: token, ACCESS_LOG: 'json'])
    try {
        def port = app.port()
        rules(port, 'http://localhost', remoteOf(module))
        // an operator
        def management = (app.output() =~ /Management on http:\/\/127\.0\.0\.1:(\d+)/)[0][1] as int
        def revalidated = send(management, '/page-cache/revalidate', [authorization: "Bearer $token"], '{"tags":["shop"]}')
        assert revalidated.body() == '{"unreached":[]}\n'
        assert text(send(port, '/price')) == 'rendered 6'
        assert send(management, '/page-cache/revalidate', [authorization: 'Bearer wrong'], '{"all":true}').statusCode() == 401
        assert text(send(port, '/price')) == 'rendered 6'
        assert send(management, '/metrics').body().contains('kitbridge_page_cache_revalidations_total 19.0')

        // kept pages need no worker
        send(port, '/greeting')
        def workers = app.process().descendants().filter { it.info().command().orElse('') ==~ /.*node[^\/]*/ }.toList()
        assert !workers.empty
        workers*.destroyForcibly()
        10.times { assert state(send(port, '/greeting')).startsWith('kitbridge; hit') }
        app.awaitOutput('"cache":"hit; ttl=3')
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

// a preview keeps pages by the same rules, and PAGE_CACHE of the module's environment turns them on
def serve = { String module, String goal, Closure<Void> test ->
    def folder = new File(basedir, module)
    ServedGoal.serve(folder, new File(folder, 'target/served.log'), apps, machineRepository, localRepositoryPath, goal) { served ->
        test(URI.create(served.url()).port)
    }
}
['site', 'site-kit2'].each { module ->
    serve(module, 'adapter:emulate') { int port ->
        rules(port, "http://127.0.0.1:$port" as String, remoteOf(module))
        // an action of another page revalidates by tag
        send(port, '/tide', [origin: "http://127.0.0.1:$port" as String, accept: 'text/html'], 'tag=shop')
        assert text(send(port, '/price')) == 'rendered 6'
        // a client cannot say what the app has said
        def said = ['x-kitbridge-visit': 'guessed', 'x-kitbridge-visitor': 'secret=guessed', 'accept-encoding': 'gzip']
        assert state(send(port, '/price', said)).startsWith('kitbridge; hit')
        def files = send(port, '/chart').headers().map().keySet()
        assert files.every { !it.startsWith('x-kitbridge') } && !('cache-status' in files)
    }
}
// development keeps nothing
serve('site', 'adapter:dev') { int port ->
    (1..2).each {
        def page = send(port, '/price')
        assert text(page) == "rendered $it" && state(page) == ''
    }
    assert send(port, '/change?tag=price', [origin: "http://127.0.0.1:$port" as String], '').body() == '{"unreached":[]}'
    assert send(port, '/change?changeTag=price', [origin: "http://127.0.0.1:$port" as String], '').body() == '[]'
}

// two replicas share pages in Redis, whose client is in the jar of the first module only
if (Redis.isWanted()) {
    def redis = Redis.start()
    def shared = [PAGE_CACHE_URL: redis.url(), PAGE_CACHE_TIMEOUT: '5000']
    def one = start('site', 'on', shared)
    def two = start('site', 'on', shared)
    try {
        def until = { Closure<Boolean> condition ->
            def end = System.nanoTime() + 60_000_000_000L
            while (!condition()) {
                assert System.nanoTime() < end
                sleep 100
            }
        }
        def query = 0
        // one path with a new query each time, until both replicas have found Redis
        until {
            query++
            send(one.port(), "/tide?day=$query")
            state(send(two.port(), "/tide?day=$query")).startsWith('kitbridge; hit; detail=shared')
        }
        assert text(send(two.port(), "/tide?day=$query")) == text(send(one.port(), "/tide?day=$query"))
        // an action on one replica is seen by the next visitor of the other one
        assert send(one.port(), '/tide', [origin: 'http://localhost', accept: 'text/html'], 'height=4').statusCode() == 200
        until { !state(send(two.port(), "/tide?day=$query")).contains('hit') }
    } finally {
        one.close()
        two.close()
        redis.close()
    }
    def without = start('site-kit2', 'on', shared)
    try {
        without.awaitOutput("No module on the class path opens a shared page cache at a URL that begins with 'redis:'")
    } finally {
        without.close()
    }
}
true

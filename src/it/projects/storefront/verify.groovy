import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Chromium
import dev.kitbridge.it.Invocations
import dev.kitbridge.it.Javac
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Node
import dev.kitbridge.it.Redis
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.SelfSigned
import dev.kitbridge.it.ServedGoal
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

def shop = new File(basedir, 'shop')
def data = new File(shop, '.data')

// prerendered pages show the database, which the seed has filled
Invocations.log(basedir, 1).has('Services: catalogue, orders').has('Tests run: 10, Failures: 0')
assert new File(data, 'storefront.mv.db').exists()
['.svelte-kit/output/prerendered/pages', 'target/adapters/static'].each {
    assert new File(shop, "$it/products.html").text.count('<article') == 24
    assert new File(shop, "$it/products/bradawl.html").text.contains('60 pieces')
}

// the preview of the build, with its services
Invocations.log(basedir, 2)
        .has('Nothing changed since the last Vite build')
        .has('/search?q=saw answered 200')
        .has('event.platform: {"attributes":{},"cache":{},"principal":null,"request":{"address":"127.0.0.1","method":"GET","protocol":"HTTP/1.1"},"services":{"catalogue":["bySlug","list","reprice","search"],"orders":["byId","place"]}')

if (!Chromium.isWanted()) return true

def tests = new File(basedir, 'browser')
Node.npm(tests, 'ci', '--ignore-scripts', '--no-audit', '--no-fund')
// the files run one after the other
def run = { Map environment, String... files ->
    files.collect {
        def report = Node.run(tests, [BROWSER: Chromium.program().toString()] + environment, '--test', '--test-reporter=tap', it)
        println report
        assert report =~ /(?m)^# fail 0$/ && report =~ /(?m)^# skipped 0$/
        report
    }.join()
}
// the client's offer of HTTP/2 would be taken for an upgrade to Vite's web socket
def client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
def isThere = { String url ->
    def answer = client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
    assert answer.statusCode() == 200 && answer.body().contains('Thank you, Zoë')
}

// The serving goals share one database: an order placed with one goal is visible with the next.
def orders = []
def served = { String goal, Map environment, String... files ->
    def log = new File(basedir, "${goal}.log")
    ServedGoal.serve(shop, log, apps, machineRepository, localRepositoryPath, "adapter:$goal" as String) { running ->
        orders.each { isThere(running.url() + it) }
        def report = run(environment + [ORIGIN: running.url()], files)
        orders << (report =~ /placed: (\S+)/)[0][1]
        // Vite and the services
        running.interrupt(2)
    }
}
served('emulate', [:], 'shop.test.js')
BuildLog.read(new File(basedir, 'emulate.log').toPath()).has('Nothing changed since the last Vite build')
served('dev', [SHOP: shop.path, JAVAC: Javac.program(), CLASS_PATH: Javac.classPath(shop, localRepositoryPath)],
        'shop.test.js', 'dev.test.js')

def jar = new File(shop, 'target/storefront-0.1.0-SNAPSHOT-app.jar')
def closed = new File(basedir, 'target/shelves-closed')
closed.parentFile.mkdirs()
def certificate = SelfSigned.create(new File(basedir, 'target/tls'))

def common = [PORT: '0', HOST: '127.0.0.1', WORKERS: '2', SHELVES_CLOSED: closed.path]
// two workers, neither of which may keep the state of a visitor. The browser sends the headers of a proxy
def proxied = RunningJar.start(jar, '', common + [STOREFRONT_DATA: data.path, PROTOCOL_HEADER: 'x-forwarded-proto'])
// without a proxy; the assumed protocol is https, as with adapter-node
def direct = RunningJar.start(jar, '', common + [STOREFRONT_DATA: new File(basedir, 'target/data').path,
                                                 TLS_CERT: certificate.certificate().toString(),
                                                 TLS_KEY: certificate.key().toString()])
try {
    orders.each { isThere("http://127.0.0.1:${proxied.port()}$it") }
    run([
        HTTP_ORIGIN: 'http://127.0.0.1:' + proxied.port(),
        HTTPS_ORIGIN: 'https://127.0.0.1:' + direct.port(),
        HTTPS_KEY_HASH: certificate.keyHash(),
        SHELVES_CLOSED: closed.path
    ], 'jar.test.js')

    [proxied, direct].each { server ->
        def workers = server.process().descendants().toList()
        assert !workers.empty
        // Process.destroy would close its output too
        server.process().toHandle().destroy()
        assert server.exitCode() == 0 : server.output()
        workers.each { MavenRun.awaitEnd(it) }

        // the log has only the errors that the browser provoked
        def lines = server.output().readLines()
        def failed = lines.findAll { it =~ /(?i)error|exception|warn|fail/ }
        assert failed.every { it.contains('/debug/boom') || it.contains('The glue gave way') } : failed
        assert lines.count { it.contains('GET /debug/boom') } == 2
    }
} catch (AssertionError e) {
    throw new AssertionError("$e.message\n\nover HTTP:\n${proxied.output()}\n\nover TLS:\n${direct.output()}" as String, e)
} finally {
    proxied.close()
    direct.close()
}

if (!Redis.isWanted()) return true

// two replicas with one database and one page cache
def redis = Redis.start()
def shared = common + [STOREFRONT_DATA: data.path, PROTOCOL_HEADER: 'x-forwarded-proto', PAGE_CACHE: 'declared',
                       PAGE_CACHE_URL: redis.url(), PAGE_CACHE_TIMEOUT: '5000']
def replicas = (1..2).collect { RunningJar.start(jar, '', shared) }
try {
    run([FIRST: '127.0.0.1:' + replicas[0].port(), SECOND: '127.0.0.1:' + replicas[1].port()], 'replicas.test.js')
} catch (AssertionError e) {
    throw new AssertionError("$e.message\n\n${replicas*.output().join('\n\n')}" as String, e)
} finally {
    replicas*.close()
    redis.close()
}
true

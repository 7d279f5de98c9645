import dev.kitbridge.it.Chromium
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Node
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.SelfSigned

def browser = Chromium.program().toString()
def tests = new File(basedir, 'browser')
def jar = new File(basedir, 'target/browser-jvm-1.0-app.jar')
def closed = new File(basedir, 'target/shelves-closed')
def certificate = SelfSigned.create(new File(basedir, 'target/tls'))

Node.npm(tests, 'ci', '--ignore-scripts', '--no-audit', '--no-fund')

def common = [PORT: '0', HOST: '127.0.0.1', SHELVES_CLOSED: closed.path]
def shop = { String name -> [STOREFRONT_DATA: new File(basedir, "target/data-$name").path] }
// two workers: what a visitor has must not lie in one of them. Behind a proxy, which the browser plays
def proxied = RunningJar.start(jar, '', common + shop('http') + [WORKERS: '2', PROTOCOL_HEADER: 'x-forwarded-proto'])
// with nothing between, as adapter-node takes it: https
def direct = RunningJar.start(jar, '', common + shop('tls') + [WORKERS: '2', TLS_CERT: certificate.certificate().toString(),
                                                               TLS_KEY: certificate.key().toString()])
try {
    def report = Node.run(tests, [
        BROWSER: browser,
        HTTP_ORIGIN: 'http://127.0.0.1:' + proxied.port(),
        HTTPS_ORIGIN: 'https://127.0.0.1:' + direct.port(),
        HTTPS_KEY_HASH: certificate.keyHash(),
        SHELVES_CLOSED: closed.path
    ], '--test', '--test-reporter=tap', 'storefront.test.js')
    println report
    assert report =~ /(?m)^# fail 0$/ && report =~ /(?m)^# skipped 0$/

    [proxied, direct].each { server ->
        def workers = server.process().descendants().toList()
        assert !workers.empty
        // Process.destroy would close its output too
        server.process().toHandle().destroy()
        assert server.exitCode() == 0 : server.output()
        workers.each { MavenRun.awaitEnd(it) }

        // the errors that the browser provoked, and no other
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
true

import dev.kitbridge.it.Chromium
import dev.kitbridge.it.Node
import dev.kitbridge.it.RunningJar
import groovy.json.JsonOutput
import java.nio.file.Path

def tests = new File(basedir, 'browser')
Node.npm(tests, 'ci', '--ignore-scripts', '--no-audit', '--no-fund')
def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
def home = "-Duser.home=$basedir/home" as String

def visit = { String kit, RunningJar server, int port, List bases ->
    try {
        def environment = [BROWSER: Chromium.program().toString(), ORIGIN: "http://127.0.0.1:$port" as String, BASES: JsonOutput.toJson(bases)]
        if (kit == 'kit3') environment.BERTH = 'seven'
        def report = Node.run(tests, environment, '--test', '--test-reporter=tap', 'base-path.test.js')
        println report
        assert report =~ /(?m)^# fail 0$/ && report =~ /(?m)^# skipped ${bases.contains('') ? 1 : 0}$/
    } catch (AssertionError e) {
        throw new AssertionError("$e.message\n\n${server.output()}" as String, e)
    }
}
def start = { Map environment, List command ->
    RunningJar.start([java, home] + command, [HOST: '127.0.0.1', PORT: '0', WORKERS: '1', KITBRIDGE_WORKERS: '1', PUBLIC_BERTH: 'seven'] + environment)
}

for (kit in ['kit3', 'kit2']) {
    def jar = ['-jar', new File(basedir, "$kit/target/$kit-1.0-app.jar").path]
    for (base in ['/shop/eu', '']) {
        start([BASE_PATH: base, PROTOCOL_HEADER: 'x-forwarded-proto'], jar).withCloseable {
            visit(kit, it, it.port(), [base])
        }
    }
    def wrong = start([BASE_PATH: 'shop/'], jar)
    wrong.withCloseable {
        assert it.exitCode() == 1
        assert it.output().contains("The app cannot be served at the base path 'shop/'; expected segments")
    }
    // one WAR, three applications of one Tomcat
    def classes = new File(basedir, 'tomcat/target/classes').path + File.pathSeparator + new File(basedir, 'tomcat/target/classpath.txt').text.trim()
    def bases = ['/shop', '/shop/eu', '']
    start([:], ['-cp', classes, 'Main', new File(basedir, "tomcat-$kit").path, new File(basedir, "$kit/target/$kit-1.0.war").path] + bases)
            .withCloseable { visit(kit, it, it.port(), bases) }
}

def boot = start([SERVER_PORT: '0', SERVER_ADDRESS: '127.0.0.1', SERVER_SERVLET_CONTEXT_PATH: '/team/quay'],
        ['-jar', new File(basedir, 'boot/target/boot-1.0.jar').path])
boot.withCloseable {
    def port = (it.awaitOutput('Tomcat started on port') =~ /on port (\d+)/)[0][1] as int
    it.awaitOutput('Started Quay')
    visit('kit3', it, port, ['/team/quay'])
    assert new URI("http://127.0.0.1:$port/team/quay/spring").toURL().text == 'from Spring'
}
true

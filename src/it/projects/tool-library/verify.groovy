import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Chromium
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Node
import dev.kitbridge.it.RunningJar

def library = new File(basedir, 'library')

BuildLog.of(basedir).has('Tests run: 11, Failures: 0')

if (!Chromium.isWanted()) return true

def tests = new File(basedir, 'browser')
Node.npm(tests, 'ci', '--ignore-scripts', '--no-audit', '--no-fund')

// Runs the browser tests on the jar, with a new database
def visit = { String springBoot ->
    def server = RunningJar.start(new File(library, 'target/tool-library-0.1.0-SNAPSHOT.jar'), '', [
        SERVER_ADDRESS: '127.0.0.1',
        SERVER_PORT: '0',
        TOOL_LIBRARY_DATA: new File(basedir, "data-$springBoot").path
    ])
    try {
        def port = (server.awaitOutput('Tomcat started on port') =~ /on port (\d+)/)[0][1]
        server.awaitOutput('Started ToolLibrary')
        assert server.output().contains("(v$springBoot)")
        def report = Node.run(tests, [BROWSER: Chromium.program().toString(), ORIGIN: "http://127.0.0.1:$port" as String],
                '--test', '--test-reporter=tap', 'library.test.js')
        println report
        assert report =~ /(?m)^# fail 0$/ && report =~ /(?m)^# skipped 0$/

        def workers = server.process().descendants().toList()
        assert !workers.empty
        // Process.destroy would close its output too
        server.process().toHandle().destroy()
        assert server.exitCode() == 143
        workers.each { MavenRun.awaitEnd(it) }

        // The browser provoked no error of the server. Flyway warns of the H2 that Spring Boot 4.1.2 selects, and Spring of a client that has disconnected from an SseEmitter.
        def expected = ['H2 2.4.240 which is newer', 'HttpMessageNotWritableException']
        def failed = server.output().readLines().findAll { line -> line =~ / (ERROR|WARN) / && !expected.any { line.contains(it) } }
        assert failed.empty : failed
    } catch (AssertionError e) {
        throw new AssertionError("$e.message\n\n${server.output()}" as String, e)
    } finally {
        server.close()
    }
}
visit('4.1.2')

def log = new File(basedir, 'spring-boot-3.log')
def settings = new File(apps.toString(), '../settings.xml')
MavenRun.start(library, log, settings, machineRepository, localRepositoryPath, 'package', '-Dspring-boot.version=3.5.7').withCloseable {
    assert it.exitCode() == 0 : log.text
}
BuildLog.read(log.toPath()).has('Tests run: 11, Failures: 0').has('Nothing changed since the last Vite build')
visit('3.5.7')
true

import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Chromium
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Node
import dev.kitbridge.it.RunningJar

BuildLog.of(basedir).has('Tests run: 11, Failures: 0')

if (!Chromium.isWanted()) return true

def tests = new File(basedir, 'browser')
Node.npm(tests, 'ci', '--ignore-scripts', '--no-audit', '--no-fund')

def jar = new File(basedir, 'library/target/tool-library-0.1.0-SNAPSHOT.jar')
def server = RunningJar.start(jar, '', [
    SERVER_ADDRESS: '127.0.0.1',
    SERVER_PORT: '0',
    TOOL_LIBRARY_DATA: new File(basedir, 'target/data').path
])
try {
    def port = (server.awaitOutput('Tomcat started on port') =~ /on port (\d+)/)[0][1]
    def report = Node.run(tests, [BROWSER: Chromium.program().toString(), ORIGIN: 'http://127.0.0.1:' + port],
            '--test', '--test-reporter=tap', 'library.test.js')
    println report
    assert report =~ /(?m)^# fail 0$/ && report =~ /(?m)^# skipped 0$/

    def workers = server.process().descendants().toList()
    assert !workers.empty
    // Process.destroy would close its output too
    server.process().toHandle().destroy()
    assert server.exitCode() == 143 : server.output()
    workers.each { MavenRun.awaitEnd(it) }

    // None of the errors that the browser provoked is one of the server
    def failed = server.output().readLines().findAll { it =~ / (ERROR|WARN) / }
    assert failed.empty : failed
} catch (AssertionError e) {
    throw new AssertionError("$e.message\n\n${server.output()}" as String, e)
} finally {
    server.close()
}
true

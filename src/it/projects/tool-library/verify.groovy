import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Chromium
import dev.kitbridge.it.Javac
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Node
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.ServedGoal

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

// Runs a command of the browser tests
def browse = { String origin, String file, Map<String, String> environment ->
    def report = Node.run(tests, [BROWSER: Chromium.program().toString(), ORIGIN: origin] + environment,
            '--test', '--test-reporter=tap', file)
    println report
    assert report =~ /(?m)^# fail 0$/ && report =~ /(?m)^# skipped 0$/
}

def main = 'dev.kitbridge.examples.toollibrary.ToolLibrary'
def application = { MavenRun maven ->
    maven.children().find { it.info().command().orElse('') ==~ /.*java(\.exe)?/ }
}
// the system cuts command lines off, and the class path is a long one
def classPathOf = { ProcessHandle process ->
    def jcmd = new File(System.getProperty('java.home'), 'bin/jcmd').path
    def properties = new Properties()
    properties.load(new StringReader([jcmd, process.pid() as String, 'VM.system_properties'].execute().text))
    properties['java.class.path']
}

// Develops the application: its own main class, and Vite
def develop = { String springBoot ->
    def sources = ['src/routes/tools/[id]/+page.svelte', 'src/main/java/dev/kitbridge/examples/toollibrary/Tool.java']
    def saved = sources.collectEntries { [new File(library, it), new File(library, it).text] }
    def log = new File(basedir, "dev-${springBoot}.log")
    def data = new File(basedir, "dev-data-$springBoot").path
    def version = "-Dspring-boot.version=$springBoot"
    def classPath
    ServedGoal.serve(library, log, apps, machineRepository, localRepositoryPath,
            ['adapter:dev', version, '-Dadapter.applicationArguments=--server.port=0', "-Dadapter.servicesArguments=-Dtool-library.data=$data"]) { goal ->
        classPath = classPathOf(application(goal.maven()))
        browse(goal.url(), 'dev.test.js', [FOLDER: library.path, JAVAC: Javac.program(), CLASS_PATH: classPath])
        ["[app] ", "[vite] ", "(v$springBoot)", 'Classes have changed; restarting the application',
         'The application has ended with exit code 1; it starts again when its classes change'].each {
            assert log.text.contains(it as String)
        }
        // the page of the failed application, and nothing else of Maven's, has stopped the application
        assert log.text.count('The application has ended') == 1
        goal.interrupt(2)
    }
    saved.each { file, text -> file.text = text }

    // a main class of the tests
    def testsLog = new File(basedir, "dev-tests-${springBoot}.log")
    ServedGoal.serve(library, testsLog, apps, machineRepository, localRepositoryPath,
            ['adapter:dev', version, '-Dadapter.mainClass=dev.kitbridge.examples.toollibrary.WithTestClasses', '-Dadapter.useTestClasspath=true',
             '-Dadapter.applicationArguments=--server.port=0', "-Dadapter.servicesArguments=-Dtool-library.data=$data"]) { goal ->
        assert testsLog.text.contains('[app] started with the test classes')
        assert goal.get('/').statusCode() == 200
        goal.interrupt(2)
    }

    // the application from an IDE, beside a Vite that Maven runs
    ServedGoal.serve(library, new File(basedir, "ide-${springBoot}.log"), apps, machineRepository, localRepositoryPath,
            ['adapter:dev', version, '-Dadapter.application=false']) { goal ->
        assert application(goal.maven()) == null
        def java = new File(System.getProperty('java.home'), 'bin/java').path
        def ide = RunningJar.start([java, '-cp', classPath, "-Dkitbridge.dev.vite=${goal.url()}" as String, main],
                [SERVER_PORT: '0', SERVER_ADDRESS: '127.0.0.1', TOOL_LIBRARY_DATA: data])
        try {
            def port = (ide.awaitOutput('Tomcat started on port') =~ /on port (\d+)/)[0][1]
            ide.awaitOutput('Started ToolLibrary')
            browse("http://127.0.0.1:$port" as String, 'ide.test.js', [VITE: goal.url()])
        } finally {
            ide.close()
        }
        goal.interrupt(1)
    }
}
visit('4.1.2')
develop('4.1.2')

def log = new File(basedir, 'spring-boot-3.log')
def settings = new File(apps.toString(), '../settings.xml')
MavenRun.start(library, log, settings, machineRepository, localRepositoryPath, 'package', '-Dspring-boot.version=3.5.7').withCloseable {
    assert it.exitCode() == 0 : log.text
}
BuildLog.read(log.toPath()).has('Tests run: 11, Failures: 0').has('Nothing changed since the last Vite build')
// the example's own tests and spring-boot-five-minutes use this version in every build, the browser on request
if (System.getenv('KITBRIDGE_ALL_SPRING_BOOTS') != null) {
    visit('3.5.7')
    develop('3.5.7')
}
true

import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Chromium
import dev.kitbridge.it.Javac
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Node
import dev.kitbridge.it.ServedGoal

def tests = new File(basedir, 'browser')
def browser = Chromium.isWanted()
if (browser) Node.npm(tests, 'ci', '--ignore-scripts', '--no-audit', '--no-fund')

// kit 3, and kit 2
['site', 'site-kit2'].each { name ->
    def site = new File(basedir, name)
    def own = { App.files(site).findAll { !(it =~ /^(target|node_modules|\.svelte-kit)\//) } - 'settings-of-run.xml' }
    def files = own()

    def log = new File(basedir, "${name}.log")
    ServedGoal.serve(site, log, apps, machineRepository, localRepositoryPath, 'adapter:dev') { goal ->
        def maven = goal.maven()
        def get = goal.&get

        // the adapter's platform, its Vite plugins, and the module's service
        def page = get('/crossings/North')
        assert page.statusCode() == 200
        assert page.body().contains("Tide high, wind west, berth 7, Java ${Runtime.version().feature()}, GET<")
        assert page.body().contains('Seaholm via North in de takes 40 minutes')

        // an exception of a service with a status becomes kit's error page
        def nowhere = get('/crossings/nowhere')
        assert nowhere.statusCode() == 404
        assert nowhere.body().contains('no ferry goes from there')

        // any other exception is logged with the app's call and the service's stack frames only
        def storm = get('/crossings/storm')
        assert storm.statusCode() == 500
        assert !storm.body().contains('no ferry leaves')
        maven.await('both errors are logged') {
            log.text.contains('no ferry leaves in a storm') && log.text.contains('ServiceFailed: timetable.from failed')
        }
        def errors = log.readLines().findAll { it.startsWith('[ERROR]') }
        assert errors.any { it =~ /ServiceFailed: timetable\.from failed; the server's log has the details under [0-9a-f]{12}/ }
        assert errors.any { it =~ /at load \(.*crossings\/\[from]\/\+page\.server\.js:8:\d+\)/ }
        assert errors.any { it =~ /timetable\.from failed \([0-9a-f]{12}, request / }
        assert errors.any { it =~ /at org\.example\.ferry\.Summer\.from\(Summer\.java:\d+\)/ }
        assert !log.text.contains('dev.kitbridge.services.') && !log.text.contains('services.mjs') && !log.text.contains('calls.mjs')

        // Vite does not watch Maven's output: otherwise it would reload this page
        new File(site, 'target/page.html').text = '<p>output</p>'

        // the error has the adapter's own reason
        def report = get('/report')
        assert report.statusCode() == 500
        assert report.body().contains("Adapter 'ferry' does not support 'read' from \$app/server, which is used in src/routes/report: ")
        assert report.body().contains('there are no files at the ferry for ^\\/report\\/?$ in berth 9')

        // a page with prerender = true has no visitor
        def seasonNow = get('/season').body()
        assert seasonNow.contains('TRUE')
        assert seasonNow.contains('event.platform.principal is not there: this page is prerendered')

        // a Java class
        def summer = new File(site, 'src/main/java/org/example/ferry/Summer.java')
        summer.text = summer.text.replace(', 40)', ', 55)')
        Javac.compile(site, localRepositoryPath, summer)
        assert get('/crossings/North').body().contains('takes 55 minutes')
        assert log.text.contains('Classes have changed')

        // a failed compilation deletes the classes: the services keep running
        assert new File(site, 'target/classes/org/example/ferry/Summer.class').delete()
        assert get('/crossings/North').body().contains('takes 55 minutes')
        maven.await('it says so') {
            (log.text =~ /The compiler has removed .*Summer\.class; the module's services keep running/).find()
        }
        assert get('/crossings/North').body().contains('takes 55 minutes')
        Javac.compile(site, localRepositoryPath, summer)

        def pom = new File(site, 'pom.xml')
        pom.text += '<!-- changed -->\n'
        maven.await('it tells of the POM') { log.text.contains("$pom.canonicalPath has changed; ") }

        if (browser) {
            def said = Node.run(tests, [BROWSER: Chromium.program().toString(), ORIGIN: goal.url(), SITE: site.path,
                                        JAVAC: Javac.program(), CLASS_PATH: Javac.classPath(site, localRepositoryPath)],
                    '--test', '--test-reporter=tap', 'dev.test.js')
            println said
            assert said =~ /(?m)^# fail 0$/ && said =~ /(?m)^# skipped 0$/
        }

        // Vite is started again, at the same address
        def killVite = { maven.children().find { it.info().command().orElse('').endsWith('node') }.destroyForcibly() }
        killVite()
        maven.await('Vite listens again') { log.text.count('Listening on http:') == 2 }
        assert log.text.contains('Vite exited with code 137; restarting it')
        assert get('/crossings/North').statusCode() == 200
        // Vite does not watch Maven's output
        assert !log.text.contains('page reload target')

        // Vite and the services
        if (name == 'site') goal.interrupt(2)
        else {
            def children = maven.children()
            assert children.size() >= 2
            // after a second crash of Vite the goal fails
            killVite()
            assert maven.exitCode() == 1
            assert log.text.contains('ended with exit code 137; its last lines:')
            children.each { MavenRun.awaitEnd(it) }
        }
    }
    assert own() == files
}

// a build prerenders with the service, and fails because of a feature that the adapter does not support
def site = new File(basedir, 'site')
def preview = new File(basedir, 'preview.log')
def maven = MavenRun.start(site, preview, new File(apps, '../settings.xml'), machineRepository, localRepositoryPath,
        'adapter:preview', '-Dadapter.check=/season')
try {
    assert maven.exitCode() == 1 : preview.text
} finally {
    maven.close()
}
BuildLog.read(preview.toPath()).failedWith("Adapter 'ferry' does not support 'read' from \$app/server, which is used in src/routes/report: ")
def season = new File(site, '.svelte-kit/output/prerendered/pages/season.html').text
assert season.contains("holm via North, Java ${Runtime.version().feature()}, TRUE, event.platform.principal is not there: ")
true

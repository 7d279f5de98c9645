import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Invocations
import dev.kitbridge.it.ServedGoal

def platform = { berth, prerender ->
    "\"berth\":\"$berth\",\"prerender\":\"$prerender\",\"ferry\":\"Java ${Runtime.version().feature()}\"" as String
}

// adapter.path sends one request, for CI: on kit 3 and on kit 2
def checked = Invocations.log(basedir, 2)
assert checked.count('/tides?harbour=north answered 200') == 2
assert checked.count('event.platform: {"attributes":{},"berth":"7","cache":{},' +
        "\"ferry\":\"Java ${Runtime.version().feature()}\"," +
        '"prerender":"FALSE","principal":null,' +
        '"request":{"address":"127.0.0.1","method":"GET","protocol":"HTTP/1.1"},"services":{"harbour":["boats"]}') == 2
// no advice to run npm
assert checked.count('npm run preview') == 0

// kit 3 called the adapter's getRequest and setResponse; kit 2 has no such functions
checked.has('taken /tides?harbour=north')
checked.has('sent 200')

def prerendered = Invocations.log(basedir, 3)
assert prerendered.count('Nothing changed since the last Vite build') == 2
assert prerendered.count('/moorings answered 200') == 2
assert prerendered.count('event.platform: not used: a prerendered page or a file was served') == 2
// with the service, whose exception is kit's own error for the app
['site', 'site-kit2'].each {
    def page = new File(basedir, "$it/.svelte-kit/output/prerendered/pages/moorings.html").text
    assert page.contains(platform(2, 'TRUE'))
    assert page.contains('Petrel of south, Skua; dry: true')
}

def missing = Invocations.log(basedir, 4)
assert missing.failureOf('site') == '/nowhere answered 404'
assert missing.failureOf('site-kit2') == '/nowhere answered 404'

// serves until it is interrupted, and then stops all processes
['site', 'site-kit2'].each { name ->
    def site = new File(basedir, name)
    def log = new File(site, 'target/preview.log')
    log.parentFile.mkdirs()
    def files = App.files(site).findAll { !it.startsWith('target/') && !it.startsWith('.svelte-kit/') }
    ServedGoal.serve(site, log, apps, machineRepository, localRepositoryPath, 'adapter:emulate') { goal ->
        def get = goal.&get
        def page = get('/tides?harbour=west')
        assert page.statusCode() == 200
        // the adapter's Vite plugins ran in the build
        assert page.body().contains('Tide high, wind west at west')
        assert page.body().contains(platform(7, 'FALSE'))
        // the module's Java service, and its exception as kit's error page
        assert page.body().contains('Petrel of west, Skua')
        def dry = get('/tides?harbour=dry')
        assert dry.statusCode() == 404
        assert dry.body().contains('no boats in a dry harbour')

        goal.interrupt(1)
    }
    BuildLog.read(log.toPath()).hasNot('[ERROR]')
    assert App.files(site).findAll { !it.startsWith('target/') && !it.startsWith('.svelte-kit/') } - 'settings-of-run.xml' == files
}
true

import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Load
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.ServedGoal
import groovy.json.JsonSlurper
import java.util.jar.JarFile

def json = new JsonSlurper()
BuildLog.of(basedir).has('Services: org.example.shop.Catalog')

['kit3', 'kit2'].each { kit ->
    def jar = new File(basedir, "$kit/target/$kit-1.0-app.jar")
    new JarFile(jar).withCloseable {
        assert it.getInputStream(it.getEntry('META-INF/kitbridge/services')).text == 'org.example.shop.Catalog\n'
    }
    def app = RunningJar.start(jar, '', [PORT: '0', HOST: '127.0.0.1', WORKERS: '1', ORIGIN: 'http://localhost',
            CACHE_DIRECTORY: new File(basedir, "$kit/target/cache").path])
    try {
        def client = Load.on(app.port(), 0, [])
        def get = { String path -> client.get(path) }

        // a page from a service, with values that JSON does not have
        def page = get('/?q=TABLE')
        assert page.statusCode() == 200
        assert (page.body() =~ '<li>([^<]*)</li>').collect { it[1] } ==
                ['TABLE 0 bigint 2023', 'TABLE 2 bigint 2023', 'TABLE 4 bigint 2023']
        assert json.parseText(get('/values').body()) == [same: true, note: 'a note', stock: [chairs: 3, tables: 1]]
        assert get('/product/5').body().contains('<h1>CHAIR 5</h1>')
        assert get('/product/5000').body().contains('<h1>nothing</h1>')

        // exceptions with a status become kit's error pages; others only refer to the log
        def missing = get('/product/404')
        assert missing.statusCode() == 404
        assert missing.body().contains('There is no product 404')
        assert get('/order').body().contains('true SoldOut: TABLE 2 is sold out')
        def sold = get('/order?throw')
        assert sold.statusCode() == 409
        assert sold.body().contains('TABLE 2 is sold out')
        def broken = get('/broken')
        assert broken.statusCode() == 500
        assert !broken.body().contains('hunter2')
        def told = app.awaitOutput('catalog.broken failed; the server')
        def id = (told =~ 'under ([0-9a-f]{12})')[0][1]
        app.awaitOutput("catalog.broken failed ($id, request ")
        app.awaitOutput('hunter2')
        // the stack trace has the app's own file, not an unpacked one, and the service's frames
        app.awaitOutput('at load (src/routes/broken/+page.server.js:1:')
        app.awaitOutput('at org.example.shop.Shop.broken(Shop.java:')
        assert !app.output().contains('at dev.kitbridge.services.Operation')

        // streams, read to the end or cancelled
        assert get('/stream').body() == '2000'
        app.awaitOutput('all is closed')
        assert get('/stream?most=5').body() == '5'

        // limits, and unknown services and methods
        assert get('/slow').body().startsWith('TimedOut: catalog.slow took longer than 400 ms')
        app.awaitOutput('slow is interrupted')
        def unknown = json.parseText(get('/unknown').body())
        assert unknown[0] == 'There is no service basket; there are catalog'
        assert unknown[1].startsWith('The service catalog has no method find; it has all, broken, byId,')
        assert unknown[2].startsWith('The service catalog has no method close;')
        assert unknown[3].startsWith('catalog.byId(long id) was not called: argument 1: ')

        // properties that need no call
        def around = json.parseText(get('/around').body())
        assert around.platform.request == [method: 'GET', address: '127.0.0.1', protocol: 'HTTP/1.1']
        assert around.platform.principal == null && around.platform.attributes == [:]
        assert around.surroundings.seesTheServer == false
        assert around.surroundings.request ==~ '[0-9a-f-]{36}'
        app.process().toHandle().destroy()
        assert app.exitCode() == 0
    } finally {
        app.close()
    }
    app.awaitOutput('the shop is closed')
}

// a preview on the runtime of the product, here Bun
['kit3', 'kit2'].each { kit ->
    def module = new File(basedir, kit)
    new File(module, 'bun.xml').text = new File(module, 'pom.xml').text.replace('<jvm/>', '<jvm><runtime>bun</runtime></jvm>')
    ServedGoal.serve(module, new File(module, 'target/preview.log'), apps, machineRepository, localRepositoryPath, ['adapter:emulate', '--file=bun.xml']) { goal ->
        assert goal.log().contains("Vite and the app's server code run on Bun")
        assert goal.get('/product/5').body().contains('<h1>CHAIR 5</h1>')
        def missing = goal.get('/product/404')
        assert missing.statusCode() == 404 && missing.body().contains('There is no product 404')
        def sold = goal.get('/order?throw')
        assert sold.statusCode() == 409 && sold.body().contains('TABLE 2 is sold out')
        assert goal.get('/stream?most=5').body() == '5'
        goal.interrupt(1)
    }
}

def started = { Map<String, String> limits, Closure look ->
    def app = RunningJar.start(new File(basedir, 'kit3/target/kit3-1.0-app.jar'), '', [PORT: '0', HOST: '127.0.0.1',
            WORKERS: '1', CACHE_DIRECTORY: new File(basedir, 'kit3/target/cache').path, SERVICE_TIMEOUT: '1'] + limits)
    try {
        look(app, Load.on(app.port(), 0, []))
    } finally {
        app.close()
    }
}

// limits from environment variables
started([SERVICE_ARGUMENTS_LIMIT: '100', SERVICE_RESULT_LIMIT: '500', SERVICE_REQUEST_CALLS: '2']) { app, client ->
    def says = json.parseText(client.get('/limits').body())
    assert says.time.startsWith('TimedOut: catalog.hang took longer than 1000 ms')
    assert says.arguments == 'LimitExceeded: catalog.search was not called: its arguments have 206 bytes as JSON; expected 100 at most'
    assert says.result.startsWith('LimitExceeded: the result of catalog.search has more than 500 bytes as JSON;')
    assert says.within == 'CHAIR 5'
    assert says.calls[0..1]*.takeBefore(':') == ['TimedOut', 'TimedOut']
    assert says.calls[2].startsWith('LimitExceeded: catalog.stock was not called: 2 calls of this request are running already')
}
started([SERVICE_CALLS: '2']) { app, client ->
    def says = json.parseText(client.get('/limits').body())
    assert [says.arguments, says.result] == [0, 10]
    assert says.calls[0..1]*.takeBefore(':') == ['TimedOut', 'TimedOut']
    assert says.calls[2] == 'LimitExceeded: catalog.stock was not called: 2 calls are running already'

    // System.exit in a service shuts the app down in order, and determines the exit code
    assert client.get('/exit').statusCode() == 500
    assert app.exitCode() == 3
    assert app.output().contains('System.exit was called\n\tat org.example.shop.Shop.exit(')
    assert app.output().contains('the shop is closed')
}
true

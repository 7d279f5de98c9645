import dev.kitbridge.it.KitMatrix
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.ServedGoal

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers

def matrix = context.get('matrix') as KitMatrix
def client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
def buildLog = new File(basedir, 'build.log').text

// a prerendered page, a rendered page and a form
def answers = { String origin ->
    def send = { HttpRequest.Builder request -> client.send(request.build(), BodyHandlers.ofString()) }
    def get = { String path -> send(HttpRequest.newBuilder(URI.create(origin + path))) }
    assert get('/').body().contains('High water at noon.')
    assert get('/tide?station=Brest').body().contains('High water at Brest; noted: nothing')
    def posted = send(HttpRequest.newBuilder(URI.create(origin + '/tide?station=Brest')).header('origin', origin)
            .header('accept', 'text/html').header('content-type', 'application/x-www-form-urlencoded').POST(BodyPublishers.ofString('note=calm')))
    assert posted.statusCode() == 200 && posted.body().contains('noted: calm')
    assert get('/nowhere').statusCode() == 404
}
def details = []
def results = [:]
matrix.combinations().each { one ->
    def module = new File(basedir, one.name())
    def result = [:]
    // a failed check names the bridge's module that knows the structure
    def check = { String name, String about, Closure test ->
        try {
            test()
            result[name] = ''
        } catch (Throwable e) {
            result[name] = KitMatrix.culprit(e.message ?: '', about)
            details << "${one.name()}, $name: $e.message"
        }
    }
    def bridge = matrix.bridge(apps, one)
    bridge.each { file, text -> details << "${one.name()}, bridge, $file: $text" }
    result['the bridge'] = bridge.keySet().join(', ')

    def jar = new File(module, "target/${one.name()}-1.0-app.jar")
    check('build', bridge ? bridge.keySet().first() : 'bridge.mjs') {
        if (!jar.file) throw new AssertionError(buildLog.readLines().findAll { it.startsWith('[ERROR]') && it.contains(one.name()) }.join('\n') as Object)
    }
    if (jar.file) {
        check('jar', 'server.mjs') {
            def server = RunningJar.start(jar, '', [HOST: '127.0.0.1', PORT: '0', WORKERS: '1', PROTOCOL_HEADER: 'x-forwarded-proto',
                                                    CACHE_DIRECTORY: new File(module, 'target/cache').path])
            try {
                client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:${server.port()}/")).build(), BodyHandlers.ofString())
                def request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:${server.port()}/tide?station=Brest"))
                assert client.send(request.build(), BodyHandlers.ofString()).body().contains('High water at Brest; noted: nothing')
            } finally {
                server.close()
            }
        }
    }
    ['emulate', 'dev'].each { goal ->
        if (goal == 'emulate' && !jar.file) return
        check("adapter:$goal", goal == 'dev' ? 'serve.mjs' : 'emulator.mjs') {
            def log = new File(basedir, "${one.name()}-${goal}.log")
            ServedGoal.serve(module, log, apps, machineRepository, localRepositoryPath, "adapter:$goal" as String) { running ->
                answers(running.url())
                running.interrupt(1)
            }
        }
    }
    results[one] = result
}
def table = matrix.table(results)
println table
new File(basedir, 'details.txt').text = details.join('\n\n')
assert details.empty: "$table\n${details.join('\n\n')}"
true

import dev.kitbridge.it.Documented
import dev.kitbridge.it.RunningJar

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers

assert Documented.missing(new File(apps, '../../../docs/quarkus-micronaut.md'), new File(basedir, 'pom.xml')) == []

def jar = new File(basedir, 'target/quarkus-app/quarkus-run.jar')
def server = RunningJar.start(jar, '', [QUARKUS_HTTP_PORT: '0', QUARKUS_HTTP_HOST: '127.0.0.1', KITBRIDGE_WORKERS: '1',
        KITBRIDGE_CACHE_DIRECTORY: new File(basedir, 'target/cache').path])
try {
    def origin = 'http://127.0.0.1:' + (server.awaitOutput('Listening on: ') =~ /http:\/\/127\.0\.0\.1:(\d+)/)[0][1]
    def client = HttpClient.newHttpClient()
    def request = { String path -> HttpRequest.newBuilder(URI.create(origin + path)).header('accept', 'text/html') }
    def get = { String path -> client.send(request(path).build(), BodyHandlers.ofString()) }
    def home = get('/')
    assert home.body().contains('<h1>Home</h1>')
    def module = (home.body() =~ /_app\/immutable\/[^"]+\.js/)[0]
    assert get("/$module").headers().firstValue('cache-control').get().contains('immutable')
    assert get('/api/hello').body() == 'from the servlet'
    assert get('/tides').body() == 'from the resource'
    assert get('/nowhere').statusCode() == 404
    def form = request('/').header('origin', origin).header('content-type', 'application/x-www-form-urlencoded')
            .POST(BodyPublishers.ofString('name=Adze')).build()
    assert client.send(form, BodyHandlers.ofString()).body().contains('<p>Hello Adze</p>')

    def stream = client.send(request('/stream').build(), BodyHandlers.ofInputStream()).body()
    assert new String(stream.readNBytes(5)) == 'first'
    get('/stream?open')
    assert new String(stream.readAllBytes()) == 'second'
} finally {
    server.close()
}
true

import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.RunningJar

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers

// the POM contains the page's blocks
def compact = { String xml -> xml.replaceAll('<version>[^<]*</version>', '').replaceAll('\\s', '') }
def page = new File(apps, '../../../docs/spring-boot.md').getText('UTF-8')
def blocks = (page =~ /(?ms)^   ```xml\n(.*?)^   ```/).collect { compact(it[1]) }
assert blocks.size() == 2
def pom = compact(new File(basedir, 'pom.xml').getText('UTF-8'))
assert blocks.every { pom.contains(it) }

def visit = { String springBoot ->
    def server = RunningJar.start(new File(basedir, 'target/demo-1.0.jar'), '', [SERVER_ADDRESS: '127.0.0.1', SERVER_PORT: '0',
            KITBRIDGE_WORKERS: '1', KITBRIDGE_CACHE_DIRECTORY: new File(basedir, 'target/cache').path])
    try {
        def password = (server.awaitOutput('Using generated security password') =~ /password: (\S+)/)[0][1]
        def port = (server.awaitOutput('Tomcat started on port') =~ /on port (\d+)/)[0][1]
        server.awaitOutput('Started Demo')
        assert server.output().contains("(v$springBoot)")
        def origin = "http://127.0.0.1:$port" as String
        def client = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NORMAL).build()
        def send = { String path, String form = null ->
            def request = HttpRequest.newBuilder(URI.create(origin + path)).header('accept', 'text/html')
            if (form != null) {
                request.header('origin', origin).header('content-type', 'application/x-www-form-urlencoded')
                        .POST(BodyPublishers.ofString(form))
            }
            client.send(request.build(), BodyHandlers.ofString())
        }
        // Spring's own login page, since the app has no route for it
        def login = send('/')
        assert login.uri().path == '/login'
        def token = (login.body() =~ /name="_csrf"[^>]*value="([^"]+)"/)[0][1]
        def home = send('/login', "username=user&password=$password&_csrf=${URLEncoder.encode(token, 'UTF-8')}")
        assert home.uri().path == '/' && home.body().contains('<h1>Home</h1>')
        assert send('/', 'name=Adze').body().contains('<p>Hello Adze</p>')
        assert send('/nowhere').statusCode() == 404
    } finally {
        server.close()
    }
}
BuildLog.of(basedir).has('Tests run: 1, Failures: 0')
visit('4.1.2')

// Spring Boot 3.5 is the oldest supported version
new File(basedir, 'spring-boot-3.xml').setText(new File(basedir, 'pom.xml').getText('UTF-8')
        .replace('4.1.2', '3.5.7').replace('spring-boot-starter-webmvc', 'spring-boot-starter-web'), 'UTF-8')
def log = new File(basedir, 'spring-boot-3.log')
def settings = new File(apps.toString(), '../settings.xml')
MavenRun.start(basedir, log, settings, machineRepository, localRepositoryPath, '--file=spring-boot-3.xml', 'verify').withCloseable {
    assert it.exitCode() == 0 : log.text
}
BuildLog.read(log.toPath()).has('Tests run: 1, Failures: 0')
visit('3.5.7')
true

import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Documented
import dev.kitbridge.it.Folder
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Nginx
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.ServedGoal

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers

def page = new File(apps, '../../../docs/spring-boot.md')
assert Documented.missing(page, new File(basedir, 'pom.xml')) == []

def start = { Map<String, String> environment ->
    RunningJar.start(new File(basedir, 'target/demo-1.0.jar'), '', [SERVER_ADDRESS: '127.0.0.1', SERVER_PORT: '0',
            KITBRIDGE_WORKERS: '1', KITBRIDGE_CACHE_DIRECTORY: new File(basedir, 'target/cache').path] + environment)
}
def awaitPort = { RunningJar server ->
    def port = (server.awaitOutput('Tomcat started on port') =~ /on port (\d+)/)[0][1]
    server.awaitOutput('Started Demo')
    port
}
// Signs in, and posts a form, as a browser does
def browse = { String origin, String password ->
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
}
def visit = { String springBoot ->
    start([:]).withCloseable { server ->
        def password = (server.awaitOutput('Using generated security password') =~ /password: (\S+)/)[0][1]
        def port = awaitPort(server)
        assert server.output().contains("(v$springBoot)")
        browse("http://127.0.0.1:$port", password)
    }
}
// Two instances, behind the nginx of the page; the second one serves visitors after the first one has stopped
def visitBehindNginx = {
    def environment = [SPRING_SECURITY_USER_PASSWORD: 'secret', SERVER_FORWARD_HEADERS_STRATEGY: 'native']
    start(environment).withCloseable { first ->
        start(environment).withCloseable { second ->
            def configuration = Documented.block(page, 'nginx')
                    .replace('127.0.0.1:8080', "127.0.0.1:${awaitPort(first)}").replace('127.0.0.1:8081', "127.0.0.1:${awaitPort(second)}")
            Nginx.start(new File(basedir, 'target/nginx'), configuration).withCloseable { nginx ->
                browse(nginx.url(), 'secret')
                first.close()
                browse(nginx.url(), 'secret')
            }
        }
    }
}

BuildLog.of(basedir).has('Tests run: 1, Failures: 0')
visit('4.1.2')
if (Nginx.isWanted()) visitBehindNginx()

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

// The application's beans answer while a page is prerendered, and in a preview, whose pages they revalidate
Folder.copy(new File(basedir, 'services/src'), new File(basedir, 'src'))
new File(basedir, 'services.xml').setText(new File(basedir, 'pom.xml').getText('UTF-8').replace('<nodeVersion>', '''
          <services>spring</services>
          <environmentVariables>
            <PAGE_CACHE>on</PAGE_CACHE>
          </environmentVariables>
          <nodeVersion>'''), 'UTF-8')
log = new File(basedir, 'services.log')
MavenRun.start(basedir, log, settings, machineRepository, localRepositoryPath, '--file=services.xml', '-DskipTests', 'package').withCloseable {
    assert it.exitCode() == 0 : log.text
}
ServedGoal.serve(basedir, new File(basedir, 'preview.log'), apps, machineRepository, localRepositoryPath, ['adapter:emulate', '--file=services.xml']) { goal ->
    assert goal.get('/motto').body().contains('<p>From 10</p>')
    2.times { assert goal.get('/price').body().contains('<p>rendered 1 at 10</p>') }
    def raise = HttpRequest.newBuilder(URI.create("${goal.url()}/price?/raise")).header('origin', goal.url()).header('accept', 'text/html')
            .header('content-type', 'application/x-www-form-urlencoded').POST(BodyPublishers.ofString('')).build()
    assert HttpClient.newHttpClient().send(raise, BodyHandlers.ofString()).body().contains('<p>0 replicas have the old price</p>')
    2.times { assert goal.get('/price').body().contains('<p>rendered 3 at 11</p>') }
}
true

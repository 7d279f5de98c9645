import dev.kitbridge.it.RunningJar

import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

// the page's files are those of this project; its POM has the version of the last release
def page = new File(apps, '../../../docs/start.md').getText('UTF-8')
def shown = (page =~ /(?ms)^[^`\n]*`([^`\n]+)`[^\n]*:\n\n```\w*\n(.*?)^```/).collect { [it[1], it[2]] }.collectEntries()
assert shown.size() == 6
def withoutVersion = { it.replaceAll('<kitbridge.version>.*</kitbridge.version>', '') }
shown.each { file, text -> assert withoutVersion(new File(basedir, file).getText('UTF-8')) == withoutVersion(text): file }

assert new File(basedir, 'src/platform.d.ts').text.contains('greet(name: string): Promise<string>;')

def app = RunningJar.start(new File(basedir, 'target/shop-1.0-app.jar'), '', [PORT: '0', HOST: '127.0.0.1', WORKERS: '1',
        ORIGIN: 'http://localhost', CACHE_DIRECTORY: new File(basedir, 'target/cache').path])
try {
    def request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:${app.port()}/")).build()
    def response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
    assert response.statusCode() == 200
    assert response.body().contains('<h1>Good morning, Ada</h1>')
} finally {
    app.close()
}
true

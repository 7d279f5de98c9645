import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Invocations
import java.util.zip.ZipFile

// several adapters share one build
def target = new File(basedir, 'folders/target')
def plain = App.files(new File(target, 'adapters/static'))
def docs = App.files(new File(target, 'adapters/docs'))
assert plain.contains('index.html') && plain.contains('_app/version.json') && !plain.contains('404.html')
assert docs.findAll { !it.endsWith('.gz') && !it.endsWith('.br') } == (plain + '404.html').sort()
assert docs.contains('404.html.gz') && docs.contains('404.html.br')
assert App.files(new File(target, 'split/pages')) == ['index.html']
assert App.files(new File(target, 'split/assets')) == plain - 'index.html'
assert App.files(new File(target, 'adapters')).every { it.startsWith('static/') || it.startsWith('docs/') || it == 'report.html' }

def first = Invocations.log(basedir, 1)
// 'folders' has the app of 'plain'
assert first.count('with SvelteKit') == 2
first.has('[INFO] static: \u2714 Wrote').has('[INFO] docs: \u2714 Wrote').has('fallback 404.html to target/adapters/docs')
first.has('to target/split/pages (pages) and target/split/assets (assets)')

// the jar contains the second build, no file of the first, and the module's own resources
def entries = { String module ->
    new ZipFile(new File(basedir, "$module/target/$module-1.0.jar")).withCloseable { zip ->
        def names = zip.entries().findAll { !it.directory }*.name
        def page = zip.getEntry(names.find { it.endsWith('/index.html') })
        assert zip.getInputStream(page).text.contains('Ebb and flow')
        names.findAll { !it.startsWith('META-INF/maven/') && it != 'META-INF/MANIFEST.MF' }.sort()
    }
}
def site = { String module -> App.files(new File(basedir, "$module/target/adapters/static")) }
assert site('plain').any { it.startsWith('_app/immutable/') }
assert site('plain') != plain
assert entries('plain') == (site('plain').collect { 'META-INF/resources/' + it } +
        ['META-INF/resources/legal.html', 'application.txt']).sort()
assert entries('based') == (site('based').collect { 'META-INF/resources/shop/' + it } +
        ['META-INF/resources/shop/legal.html']).sort()
assert new File(basedir, 'based/target/adapters/static/index.html').text.contains('Ebb and flow')

Invocations.log(basedir, 3).has('Nothing changed since the last Vite build').has('static: \u2714 Wrote')

Invocations.log(basedir, 4).has('BUILD FAILURE').has("on project late: Adapter 'static': <target>resources</target> puts" +
        " the site into the module's jar, but late-1.0.jar has already been packaged; bind the goal to an earlier phase:" +
        ' <execution><phase>prepare-package</phase>')
assert !new File(basedir, 'late/target/adapters').exists()
true

import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Load
import dev.kitbridge.it.Node
import dev.kitbridge.it.RunningJar
import dev.kitbridge.it.SearchPath
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.util.jar.JarFile
import java.util.zip.ZipEntry
import java.util.zip.ZipInputStream

def site = new File(basedir, 'site')
def jar = { String classifier, String folder = 'site', String version = '1.1' ->
    new File(basedir, "$folder/target/tides-$version-${classifier}.jar")
}
def entries = { File file -> new JarFile(file).withCloseable { it.entries().toList().findAll { !it.directory } } }
def names = { File file -> entries(file)*.name }
def text = { File file, String name ->
    new JarFile(file).withCloseable { it.getInputStream(it.getEntry(name)).getText('UTF-8') }
}

// the same sources in another folder result in the same bytes
['app', 'bare'].each { classifier ->
    assert Files.mismatch(jar(classifier).toPath(), jar(classifier, 'again').toPath()) == -1: "$classifier is another"
}

// mainJar: the module's jar and its runtime dependencies, unchanged
def nested = ['lib/tides-1.1.jar', 'lib/jspecify-1.0.1.jar', 'lib/org.example.harbour-jspecify-1.0.1.jar']
['app', 'bun'].each { classifier ->
    def lib = entries(jar(classifier)).findAll { it.name.startsWith('lib/') }
    assert lib*.name as Set == nested as Set
    assert lib.every { it.method == ZipEntry.STORED }
    assert text(jar(classifier), 'META-INF/kitbridge/classpath').readLines() == nested
}
def holds = { String name, String file ->
    new JarFile(jar('app')).withCloseable { outer ->
        def zip = new ZipInputStream(outer.getInputStream(outer.getEntry(name)))
        for (def entry = zip.nextEntry; entry; entry = zip.nextEntry) if (entry.name == file) return true
        false
    }
}
assert holds(nested[0], 'org/example/tides/Tides.class')
assert holds(nested[1], 'org/jspecify/annotations/Nullable.class')
assert holds(nested[2], 'harbour.txt')
// mainJar=false
assert !names(jar('bare')).any { it.startsWith('lib/') || it == 'META-INF/kitbridge/classpath' || it.contains('/loader/') }

// classes of the build and of the development front are not in the jar
['app', 'bare'].each { classifier ->
    def others = names(jar(classifier)).findAll { it =~ '^(dev/kitbridge/adapters/jvm/(build|emulate)|org/eclipse/jetty/(client|compression|alpn/client))/' }
    assert others.empty
}

// platforms and runtime
def runtimes = { String classifier -> names(jar(classifier)).findAll { it.startsWith('META-INF/kitbridge/runtime/') } }
assert runtimes('app').size() == 1 && runtimes('app')[0] ==~ 'META-INF/kitbridge/runtime/[^/]+/node.gz'
assert runtimes('bun').size() == 1 && runtimes('bun')[0] ==~ 'META-INF/kitbridge/runtime/[^/]+/bun.gz'
assert runtimes('bare') == []

// external: the package with its production dependencies, and no other package
def packages = names(jar('app')).findAll { it.startsWith('META-INF/kitbridge/app/node_modules/') }
        .collect { (it - 'META-INF/kitbridge/app/node_modules/').split('/').with { parts -> parts[0].startsWith('@') ? parts[0..1].join('/') : parts[0] } } as Set
assert packages.findAll { !it.startsWith('@img/sharp-') } == ['sharp', '@img/colour', 'detect-libc', 'semver'] as Set
assert packages.any { it.startsWith('@img/sharp-libvips-') }
assert names(jar('app')).any { it ==~ 'META-INF/kitbridge/app/node_modules/@img/sharp-.*\\.node' }

// retainReleases: the files that only the previous release has
def hashed = { File file -> names(file).findAll { it ==~ 'META-INF/kitbridge/app/client/_app/immutable/.*\\.js' }.collect { it - 'META-INF/kitbridge/app/client' } as Set }
def before = hashed(jar('app', 'earlier', '1.0')) - hashed(jar('app'))
assert before.size() > 0

// files of both releases are stored once
assert hashed(jar('app')).size() > before.size()
def retained = names(jar('app')).findAll { it.startsWith('META-INF/kitbridge/app/retained/') }.collect { it - 'META-INF/kitbridge/app/retained/1.0/client' }
assert retained.findAll { it.endsWith('.js') } as Set == before

// from here on, the files and programs of the build are deleted
Files.move(new File(basedir, 'earlier/node_modules').toPath(), new File(basedir, 'target/node_modules.away').toPath())
Files.move(new File(site, '.svelte-kit').toPath(), new File(basedir, 'target/svelte-kit.away').toPath())
def alone = File.createTempDir('jvm-options', '')
try {
    def nothing = new File(alone, 'nothing')
    nothing.mkdir()
    def here = "cd '$nothing.path'".toString()
    def start = { String classifier, Map<String, String> environment, File path = nothing ->
        // variables of the test machine have no effect
        RunningJar.start(jar(classifier), here, [CACHE_DIRECTORY: new File(alone, classifier).path, PATH: path.path,
                HOST: '127.0.0.1', ORIGIN: '', PORT: '0', WORKERS: '1'] + environment)
    }
    def order = { Load client ->
        def answer = client.get('/shop/order')
        assert answer.statusCode() == 200
        (answer.body() =~ '<p>([^<]*)</p>')[0][1]
    }
    def picture = { Load client ->
        def answer = client.get('/shop/picture')
        assert answer.statusCode() == 200: answer.body()
        new JsonSlurper().parseText(answer.body())
    }
    def resized = [size: true, format: 'png', width: 20, height: 15]

    // only variables with the prefix have an effect; the machine has no Node
    def app = start('app', [MY_TIDES_PORT: '0', MY_TIDES_HOST: '127.0.0.1', MY_TIDES_WORKERS: '1', PORT: 'harbour', HOST: 'harbour', WORKERS: 'many'])
    try {
        def client = Load.on(app.port(), 0, [])
        assert order(client) == 'instrumentation, then app; platform: object; runtime: node'
        assert picture(client) == resized
        // programs in packages keep their permission to be executed
        def programs = []
        new File(alone, 'app').eachFileRecurse { if (it.file && it.path.endsWith('/semver/bin/semver.js')) programs << it }
        assert programs.size() == 1 && programs[0].canExecute() && !new File(programs[0].parentFile, '../index.js').canExecute()
        assert client.get('/shop/note').body() == 'A note that the server reads.\n'

        // the base path, and a prerendered path with and without a slash
        assert client.get('/shop/').body().contains('High water at one')
        assert client.get('/').statusCode() == 404
        assert client.get('/about').statusCode() == 404
        assert client.get('/shop/about').body().contains('About the tides')
        assert client.get('/shop/guide/').body().contains('Guide to the tides')
        ['/shop/about/?a=1&b=%20': '../about?a=1&b=%20', '/shop/guide?a=1&b=%20': './guide/?a=1&b=%20',
         '/shop?a=1&b=%20': './shop/?a=1&b=%20'].each { from, to ->
            def answer = client.get(from)
            assert answer.statusCode() == 308
            assert answer.headers().firstValue('location').get() == to
            assert client.get(URI.create(from).resolve(to).toString()).statusCode() == 200
        }

        // pages of the previous release find their scripts
        before.each { name ->
            def answer = client.get('/shop' + name)
            assert answer.statusCode() == 200
            assert answer.headers().firstValue('cache-control').get() == 'public,max-age=31536000,immutable'
            assert answer.headers().firstValue('content-type').get() == 'text/javascript'
            assert answer.body() == text(jar('app', 'earlier', '1.0'), 'META-INF/kitbridge/app/client' + name)
        }
        hashed(jar('app')).each { assert client.get('/shop' + it).statusCode() == 200 }
        def unknown = client.get('/shop/_app/immutable/nodes/2.UNKNOWN.js')
        assert unknown.statusCode() == 404
        assert !unknown.headers().firstValue('cache-control').orElse('').contains('immutable')
    } finally {
        app.close()
    }
    // the other jars retain nothing
    assert !names(jar('bare')).any { it.startsWith('META-INF/kitbridge/app/retained/') }

    // an unknown variable with the prefix is an error
    def mistaken = start('app', [MY_TIDES_PORT: '0', MY_TIDES_PROT: '1'])
    try {
        assert mistaken.exitCode() == 1
        def said = mistaken.output().readLines().findAll { it }
        assert said.size() == 1
        assert said[0].startsWith("The environment has MY_TIDES_PROT, which begins with envPrefix 'MY_TIDES_' but is none of MY_TIDES_")
    } finally {
        mistaken.close()
    }

    // a jar without a runtime uses the one on PATH
    def machine = new File(alone, 'machine')
    SearchPath.script(new File(machine, 'node'), "echo started >> '$alone.path/starts'; exec '${Node.program()}' \"\$@\"")
    def bare = start('bare', [:], machine)
    try {
        def client = Load.on(bare.port(), 0, [])
        assert order(client).endsWith('runtime: node')
        assert picture(client) == resized
        assert new File(alone, 'starts').readLines().unique() == ['started']
        // not retained here
        before.each { assert client.get('/shop' + it).statusCode() == 404 }
    } finally {
        bare.close()
    }

    // that runtime is too old for the app's SvelteKit, or missing
    def old = new File(alone, 'old')
    SearchPath.script(new File(old, 'node'), 'echo v20.19.5')
    [(old)    : 'The node on PATH is v20.19.5, this app needs 22.17.0 or later; ',
     (nothing): 'There is no node on PATH, and the jar contains none for this platform; '].each { path, reason ->
        def refused = start('bare', [:], path)
        try {
            assert refused.exitCode() == 1
            def said = refused.output().readLines().findAll { it }
            assert said.size() == 1 && said[0].startsWith(reason)
        } finally {
            refused.close()
        }
    }

    def bun = start('bun', [:])
    try {
        def client = Load.on(bun.port(), 0, [])
        assert order(client) == 'instrumentation, then app; platform: object; runtime: bun'
        assert picture(client) == resized
    } finally {
        bun.close()
    }
} finally {
    Folder.delete(alone)
}
true

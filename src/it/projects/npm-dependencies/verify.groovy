import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Load
import dev.kitbridge.it.Node
import dev.kitbridge.it.OfficialBuild
import dev.kitbridge.it.RunningJar
import java.nio.file.Files
import java.util.jar.JarFile

def routes = ['kinds', 'jsdom', 'pino', 'libsql', 'resvg', 'knex', 'heic', 'figlet', 'pdfkit', 'zod']
def entries = { String module, String classifier -> new JarFile(new File(basedir, "$module/target/$module-1.0-${classifier}.jar")).withCloseable { it.entries().toList()*.name } }
def environment = [HOST: '127.0.0.1', PORT: '0', WORKERS: '1', ORIGIN: 'http://localhost', CACHE_DIRECTORY: new File(basedir, 'target/cache').path]
def answers = { RunningJar server, List paths ->
    try {
        def client = Load.on(server.port(), 0, [])
        paths.collectEntries { path ->
            def answer = client.get('/' + path)
            [path, answer.statusCode() + ' ' + answer.body()]
        }
    } finally {
        server.close()
    }
}
def jar = { String module, String classifier, List paths ->
    answers(RunningJar.start(new File(basedir, "$module/target/$module-1.0-${classifier}.jar"), '', environment), paths)
}
def withoutOptionalDriver = { File app, Closure run ->
    // adapter-node fails to build the app, or its output fails to start
    def route = new File(app, 'src/routes/bundled-driver')
    def away = new File(basedir, 'target/away')
    away.parentFile.mkdirs()
    Files.move(route.toPath(), away.toPath())
    try {
        run()
    } finally {
        Files.move(away.toPath(), route.toPath())
    }
}

for (kit in ['kit2', 'kit3']) {
    def app = new File(basedir, kit)
    withoutOptionalDriver(app) { OfficialBuild.run(app, ['.']) }
    def official = answers(RunningJar.start([Node.program().toString(), new File(app, 'build/index.js').path], environment), routes)
    assert official.values().every { it.startsWith('200 ') }: official

    // the jar runs without an installation of packages
    def modules = new File(app, 'node_modules')
    def away = new File(basedir, "target/${kit}_modules")
    away.parentFile.mkdirs()
    Files.move(modules.toPath(), away.toPath())
    try {
        def ours = jar(kit, 'app', routes + 'bundled-driver')
        assert ours.subMap(routes) == official
        assert ours['bundled-driver'] == '200 ["built in"' + ',"MODULE_NOT_FOUND"' * 5 + ']'
        // Bun compresses a PDF differently
        if (kit == 'kit3') assert jar(kit, 'bun', ['kinds', 'jsdom', 'knex', 'figlet', 'zod', 'libsql', 'resvg', 'heic']).every { path, answer -> answer == official[path] }
    } finally {
        Files.move(away.toPath(), modules.toPath())
    }

    def names = entries(kit, 'app')
    def owns = { String name -> names.any { it.startsWith("META-INF/kitbridge/app/node_modules/$name/") } }
    // a package that the app loads by name at run time
    assert owns('pino-pretty') && owns('thread-stream')
    // not copied: packages of the build, bundled packages, and optional peer dependencies
    assert !['vite', 'svelte', '@sveltejs/kit', 'rollup', 'rolldown', 'two-entries-bundled', 'native-add-on', 'optional-tool'].any(owns)
    assert names.findAll { it.startsWith('META-INF/kitbridge/app/node_modules/beside-itself/') && !it.endsWith('/') }.collect { it - 'META-INF/kitbridge/app/node_modules/beside-itself/' } as Set ==
            ['package.json', 'LICENSE.md', 'data/tide.txt', 'docs/help.txt', 'lib/index.js'] as Set
    assert !names.any { it ==~ 'META-INF/kitbridge/app/node_modules/.*\\.(d\\.ts|js\\.map)' || it.contains('musl') }
}
BuildLog.of(basedir).has('jvm: Bundled: ').has('; the largest: figlet ')

assert !entries('bundled', 'app').any { it.contains('node_modules') }
def log = BuildLog.of(basedir)
log.failureOf('not-bundled', 'The package native-add-on could not be bundled; leave it out of the bundle', '<external>native-add-on</external>')
log.failureOf('not-installed', "The built server imports 'nowhere-installed/tides', but the package nowhere-installed is not installed", '<external>nowhere-installed</external>')
log.failureOf('misspelt', '<bundle> names two-entrys, which is not in the dependencies of', 'it accepts all, or some of: two-entries')
true

import dev.kitbridge.adapter.TargetPlatform
import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Invocations
import dev.kitbridge.it.Node
import dev.kitbridge.it.ServedGoal
import java.util.zip.GZIPInputStream
import java.util.zip.ZipFile

def log = BuildLog.of(basedir)

def check = { String module, int vite ->
    def site = new File(basedir, module)
    def out = new File(site, 'target/adapters/depot')
    def report = new File(out, 'report.txt').readLines().collectEntries { it.split(' = ', 2) as List }
    def says = { String key, String value ->
        assert report[key] == value : "$module: $key is ${report[key]}"
    }

    // options
    assert report.options.startsWith('DepotOptions[title=Harbour depot, regions=[north, south], level=FULL,' +
            ' limits=Limits[files=400, hard=false], room=Megabytes[count=5],')
    assert report.options.endsWith('labels={owner=Harbour office, crane=7}, notes=notes, days=30, files=true]')

    // kit's data of the build
    says 'appPath', '_app'
    says 'buildDirectory', 'target/kitbridge/depot/archive'
    says 'clientDirectory', '.svelte-kit/output/client'
    says 'serverDirectory', '.svelte-kit/output/server'
    says 'outputDirectory', 'target/adapters/depot'
    says 'config', "_app '' src/routes [*] hash false"
    says 'config.values', '_app'
    says 'project', "org.example.depot:$module:1.0:pom at 2026-11-01T00:00:00Z"
    // runtime dependencies, without those of scope provided or test
    says 'dependencies', module == 'site' ? '[org.example.depot:labels:1.0 in labels-1.0.jar,' +
            ' org.jspecify:jspecify:1.0.1 in jspecify-1.0.1.jar]' : '[]'
    assert new File(site, '.svelte-kit/output/client/_app/version.json').text.contains(report['config.versionName'])
    says 'prerendered.pages', '{/=Page[file=index.html]}'
    assert report['prerendered.assets'].contains('/prices.json=Asset[type=application/json]')
    // the adapter created event.platform of the prerendered answer, from the route's config
    def prices = new File(site, '.svelte-kit/output/prerendered/pages/prices.json').text
    assert prices.contains('"platform":{"berth":"emulated","hall":"4","prerender":"TRUE"}')
    says 'prerendered.redirects', '{/about=Redirect[status=308, location=/]}'
    says 'prerendered.paths', '[/, /about, /about/__data.json, /prices.json]'
    says 'manifest.assets', '[crane.webp, inventory.txt, tiny.txt]'
    says 'manifest.immutable', 'true'
    says 'manifest.prerendered', '[, about, about/__data.json, prices.json]'
    says 'manifest.route /stock', 'Route[id=/stock, page=true, endpoint=false]'
    says 'manifest.route /label', 'Route[id=/label, page=false, endpoint=true]'
    says 'mimeTypes .txt', 'text/plain'
    says 'mimeTypes .webp', 'image/webp'
    says 'route /', 'RouteDefinition[id=/, api=Methods[methods=[]], page=Methods[methods=[GET]], segments=[],' +
            ' pattern=^\\/$, prerender=TRUE, methods=[GET], config={}]'
    says 'route /stock', 'RouteDefinition[id=/stock, api=Methods[methods=[]], page=Methods[methods=[GET, POST]],' +
            ' segments=[Segment[content=stock, dynamic=false, rest=false]],' +
            ' pattern=^\\/stock\\/?$, prerender=FALSE, methods=[GET, POST], config={memory=512}]'
    says 'route /stock/[sku]', 'RouteDefinition[id=/stock/[sku], api=Methods[methods=[GET, PUT]],' +
            ' page=Methods[methods=[]], segments=[Segment[content=stock, dynamic=false, rest=false],' +
            ' Segment[content=[sku], dynamic=true, rest=false]],' +
            ' pattern=^\\/stock\\/([^/]+?)\\/?$, prerender=FALSE, methods=[GET, PUT], config={}]'
    says 'serverAssets /label', '[_app/immutable/assets/label.HASH.txt]'
    says 'serverAssets /stock', '[]'
    says 'serverAssets', '1'

    // the adapter's plugins ran in the app's Vite build, before and after SvelteKit's
    def page = new File(out, 'site/index.html').text
    assert page.contains("Depots in north and south (Vite $vite)")
    assert page.contains('This page is stamped.')

    // files
    def client = App.files(new File(site, '.svelte-kit/output/client')).findAll { !it.startsWith('.vite/') }
    says 'writeClient', "${client.size()}"
    assert client.every { new File(out, "site/$it").isFile() }
    says 'writePrerendered', '[about.html, index.html, prices.json, about/__data.json]'
    says 'writePrerendered with environment',
            '[about.html, index.html, prices.json, about/__data.json, _app/env.js]'
    assert new File(out, 'site/_app/env.js').text.contains('Harbour')
    assert new File(out, 'site/fallback.html').text.contains('<script>')
    says 'writeServer', 'true'
    says 'copy', '[shift.md]'
    assert new File(out, 'site/notes/shift.md').text == 'Kept by Harbour depot; the KEEPERS are not meant.\n'
    says 'copy of nothing', '[]'
    says 'copy of a file', '[idea.txt]'
    assert new File(out, 'site/idea.txt').text == 'not yet\n'

    // compression: text files only, if the variant is smaller
    says 'compress', '[inventory.txt]'
    says 'compress all', '[inventory.txt]'
    def packed = new File(out, 'compressed')
    assert App.files(packed) == ['crane.webp', 'inventory.txt', 'inventory.txt.br', 'inventory.txt.gz',
            'inventory.txt.zst', 'tiny.txt']
    def original = new File(packed, 'inventory.txt')
    assert new GZIPInputStream(new File(packed, 'inventory.txt.gz').newInputStream()).bytes == original.bytes
    assert Node.run(packed, [:], '-e', '''
            const { readFileSync } = require('fs');
            const { brotliDecompressSync, zstdDecompressSync } = require('zlib');
            const original = readFileSync('inventory.txt');
            console.log(brotliDecompressSync(readFileSync('inventory.txt.br')).equals(original),
                zstdDecompressSync(readFileSync('inventory.txt.zst')).equals(original));''') == 'true true'

    // servers, for all routes and for some
    def server = new File(out, 'server')
    def ask = { String instance, String... paths ->
        Node.run(basedir, [PUBLIC_DEPOT_NAME: 'Quay'], 'ask.mjs', new File(out, instance), server, *paths).readLines()
                .findAll { it.startsWith('/') }
    }
    def everything = ['/stock 200 Stock of Quay Trace: app; berth: four. Rendered on Node.', '/stock/tea 200 {"sku":"tea"}',
            '/label 200 Keep dry, this side up.', '/nowhere 404']
    def all = ['/stock', '/stock/tea', '/label', '/nowhere'] as String[]
    def starts = { List<String> answers, List<String> expected ->
        assert answers.size() == expected.size()
        answers.eachWithIndex { answer, i -> assert answer.startsWith(expected[i]) : "$module: $answers" }
    }
    starts(ask('in-place.mjs', all), everything)
    starts(ask('app/all.js', all), everything)
    starts(ask('app/some.js', '/stock/tea', '/label', '/stock'),
            ['/stock/tea 200 {"sku":"tea"}', '/label 404', '/stock 404'])
    says 'entry stock', '[/stock, /stock/[sku]]'
    says 'entry label', '[/label]'
    starts(ask('app/entry-stock.js', all), everything[0..1] + ['/label 404', '/nowhere 404'])
    starts(ask('app/entry-label.js', '/label', '/stock'), ['/label 200 Keep dry', '/stock 404'])

    // manifests: kit 2 has the routes under `_`
    def routes = { String file ->
        Node.run(out, [:], '--input-type=module', '-e', "const { manifest } = await import('./$file');" +
                'console.log((manifest._ ?? manifest).routes.map((route) => route.id).join(" "))')
    }
    assert routes('manifest-all.js') == '/label /stock /stock/[sku]'
    assert routes('manifest-some.js') == '/stock/[sku]'

    // instrumentation runs first, and has the environment
    says 'hasServerInstrumentationFile', 'true'
    says 'initializer', '__sveltekit_env_init.js'
    says 'modules', 'Modules[instrumentation=../server/instrumentation.server.js, start=./begin.js,' +
            ' initializer=./other/__sveltekit_env_init.js]'
    says 'instrument without entry point', 'the entry point app/missing.js does not exist, so the app cannot be' +
            ' instrumented'
    def trace = { String module2 ->
        Node.run(basedir, [DEPOT_REGION: 'east'], 'ask-main.mjs', new File(out, module2), '/stock')
    }
    assert trace('app/main.js') == 'depot: Trace: instrumentation sees east, entry, app'
    // on kit 2, code before the start of the server has process.env only
    def seen = vite == 7 ? 'east' : 'built in'
    assert trace('app/other.js') == "undefined: Trace: instrumentation sees $seen, entry, app"

    // JavaScript runtimes from the registry: the Node that builds, and a Bun
    def runs = { String runtime ->
        def process = [new File(out, "runtimes/$runtime").path, '--version'].execute()
        def version = process.text.trim()
        assert process.waitFor() == 0
        version
    }
    says 'runtime NODE', "${runs('node').substring(1)} for ${TargetPlatform.current()}"
    assert Node.run(basedir, [:], '--version') == runs('node')
    says 'runtime BUN', "1.4.5 for ${TargetPlatform.current()}"
    assert runs('bun') == '1.4.5'

    // earlier releases: lower than 1.0, newest first, with an archive
    def earlier = module == 'site' ? ['0.10', '0.9', '0.7'] : []
    says 'previousReleases', "$earlier"
    says 'previousReleases of none', '[]'
    earlier.each { assert new File(out, "earlier/$it").text == "depot of $it" }

    // in development and previews, the app runs on the adapter's runtime, with its plugins and its platform
    ['dev', 'emulate'].each { goal ->
        def served = new File(basedir, "$module-${goal}.log")
        ServedGoal.serve(site, served, apps, machineRepository, localRepositoryPath, "adapter:$goal" as String) { running ->
            def stock = running.get('/stock').body()
            assert stock.contains('berth: emulated. Rendered on Bun 1.4.5.') : "$module, $goal: $stock"
            def home = running.get('/').body()
            assert home.contains('Depots in north and south (Vite ') && home.contains('This page is stamped.')
            assert running.get('/stock/tea').body() == '{"sku":"tea"}'
            running.interrupt(1)
        }
        assert served.text.contains("Vite and the app's server code run on Bun 1.4.5, the runtime of adapter 'depot'")
    }

    // packages in a separate folder can be imported
    says 'writePackages', 'true'
    says 'writePackages of an add-on', 'true'
    says 'writePackages of none', "The package 'barge' is not installed"
    says 'bundleServer', '[devalue]'
    says 'writePackages for a target', 'true'
    says 'bundleServer of nothing', ' does not exist; expected a module that imports the server, which the adapter has written'
    def alone = File.createTempDir('depot', '')
    try {
        Folder.copy(new File(out, 'bundled'), new File(alone, 'bundled'))
        assert Node.run(new File(alone, 'bundled'), [:], '--input-type=module', '-e',
                "const { respond } = await import('./main.js'); console.log((await respond('/stock')).status)") == '200'
        Folder.copy(new File(out, 'alone'), alone)
        assert Node.run(alone, [:], '--input-type=module', '-e', """
                import { compile } from 'svelte/compiler';
                import { ${vite == 7 ? 'rollup' : 'rolldown'} as bundle } from '${vite == 7 ? 'rollup' : 'rolldown'}';
                const { js } = compile('<p>{1 + 1}</p>', { generate: 'server' });
                const plugin = { name: 'page', resolveId: (id) => id === 'page' ? id : false, load: () => js.code };
                const bundled = await bundle({ input: 'page', plugins: [plugin], external: /./ });
                console.log((await bundled.generate({})).output[0].code.includes('<p>'));""") == 'true'
    } finally {
        assert alone.deleteDir()
    }

    // attached artifacts are published, by the second run too
    def installed = new File(localRepositoryPath, "org/example/depot/$module/1.0/$module-1.0-depot.zip")
    new ZipFile(installed).withCloseable { zip ->
        assert zip.getEntry('index.html') && zip.getEntry('_app/env.js')
    }
    assert log.count("$module-1.0-depot.zip") == 2
}
check('site', 8)
check('site-kit2', 7)

log.has('[INFO] depot: a plain line')
log.has('[INFO] depot: two lines').has('[INFO] depot: of information')
log.hasNot('a minor line')
log.has('[WARNING] depot: a warning')
log.has('[ERROR] depot: an error')
log.has('[INFO] depot: \u2714 a success')
// the emulator gets the options: a changed option causes a build, and changing it back causes another one
assert log.count('with SvelteKit 3.') == 3 && log.count('with SvelteKit 2.') == 1
assert log.count("Nothing changed for adapter 'depot'") == 2

// offline, the downloads of earlier builds suffice
log.has('[INFO] depot: Release 0.8 of org.example.depot:site has no zip artifact with the classifier \'depot\'; it is left out')
log.has('[WARNING] depot: Maven is offline: of earlier releases of org.example.depot:site, those in the local repository are used')

Invocations.log(basedir, 6).has('[INFO] depot: Release 0.8 of org.example.depot:site has no zip')
        .has('Nothing was missing for an offline build')

// the log has the adapter's own reason; Node was started only by builds
log.failedWith("Adapter 'depot' does not support 'read' from \$app/server, which is used in src/routes/label:" +
        ' the depot keeps no files for /label; say <files>true</files>')
assert log.count('does not support') == 2
log.has('route   feature          adapter  answer')
log.has('/label  read             depot    refused: the depot keeps no files for /label; say <files>true</files>')
log.has('/label  read             depot    supported')
log.has('*       instrumentation  depot    supported')

log.has('[INFO] depot  (org.example.depot:depot-adapter:1.0)')
log.has('  <regions>  a list (a text), default north')
log.has('      Regions that the site is stored in')
log.has('  <level>  brief, full, default brief')
log.has('  <limits>  child elements <files>, <hard>')
log.has('  <room>  a text, default 10 MB')
log.has('  <variants>  a list (gzip, brotli, zstd)')
log.has('  <labels>  child elements by name')
log.has('  <notes>  a path')
log.has('  <days>  a whole number, default 30')
log.has('  <files>  true or false, default true')
log.hasNot('default Limits').hasNot('default {}')

['adapt', 'go-offline', 'help', 'list', 'supports'].each { log.has("adapter:$it\n") }
true

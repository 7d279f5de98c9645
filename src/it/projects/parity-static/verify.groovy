import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Node
import dev.kitbridge.it.OfficialBuild
import dev.kitbridge.it.Trees
import dev.kitbridge.it.Variants
import groovy.json.JsonSlurper
import java.nio.file.Files

// by app: the output folders of the official adapter and of Kitbridge
def outputs = [
    cards: ['target/cards': 'target/cards'],
    console: ['build': 'target/adapters/static'],
    depot: ['build/pages': 'target/site/pages', 'build/assets': 'target/site/assets'],
    pages: ['build': 'target/adapters/static']
]

// the feature of each app that is compared
def files = [
    cards: ['index.html', '_app/immutable/nodes/2.*.js.map', 'level.map', 'treasure.map'],
    console: ['200.html', 'imprint.html', '_app/env.js'],
    depot: ['index.html', 'halle/süd/index.html', 'alt/index.html', 'bestand.csv', 'service-worker.js', '_app/env.js'],
    pages: ['boats.html', 'boats/möwe.html', 'boats/100%.html', 'boats/かもめ/__data.json', 'fleet.html', 'tides.json', 'plan.bin',
            'history/plates/1902/crane/détail.html', 'pläne/grundriß nord.svg', '.well-known/security.txt', 'one.txt',
            'index.html.gz', 'index.html.br', 'index.html.zst']
]

def differences = []
for (kit in ['kit3', 'kit2']) {
    def ours = new File(basedir, kit)
    def theirs = new File(basedir, 'official/' + kit)

    // the copy has the apps as they were before Maven ran: Maven changed no file and added none elsewhere
    assert Trees.differences(theirs, ours, 'target|\\.svelte-kit|node_modules') == []

    // the same relative path to the packages, which affects the names and hashes of chunks
    Files.move(new File(ours, 'node_modules').toPath(), new File(theirs, 'node_modules').toPath())
    OfficialBuild.run(theirs, outputs.keySet())

    outputs.each { app, folders ->
        def record = new JsonSlurper().parse(App.records(new File(ours, app), 'build.json').first())
        assert record.node == Node.run(basedir, [:], '--print', 'process.versions.node')
        def written = folders.values().collectMany { App.files(new File(ours, app + '/' + it)) }
        files[app].each { name ->
            if (!written.any { it ==~ name.replace('.', '\\.').replace('*', '[^/]*') }) differences << "$kit/$app: no $name"
        }
        folders.each { expected, actual ->
            def left = new File(theirs, app + '/' + expected)
            def right = new File(ours, app + '/' + actual)
            differences += Trees.differences(left, right, Variants.NAMES).collect { "$kit/$app/$actual/$it" }
            differences += Variants.differences(left, right).collect { "$kit/$app/$actual/$it" }
        }
    }
}
assert differences == []
// on kit 2, this module passes public variables to a service worker
assert new File(basedir, 'kit2/depot/target/site/pages/_app/env.script.js').exists()

// both comparisons detect a difference
def site = new File(basedir, 'kit3/pages/target/adapters/static')
def changed = new File(basedir, 'changed')
Folder.copy(site, changed)
new RandomAccessFile(new File(changed, 'plan.bin'), 'rw').withCloseable { it.seek(200); it.write(0) }
new File(changed, 'robots.txt').delete()
new File(changed, 'empty').mkdir()
new File(changed, 'boats.html.br').delete()
new File(changed, 'boats.html.gz').bytes = new File(changed, 'index.html.gz').bytes
assert Trees.differences(site, changed, Variants.NAMES) ==
    ['empty/: should not be there', 'plan.bin: differs from byte 200', 'robots.txt: missing']
assert Variants.differences(site, changed) == ['boats.html.br: missing', 'boats.html.gz: holds something else']
true

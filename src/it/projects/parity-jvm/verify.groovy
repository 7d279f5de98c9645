import dev.kitbridge.it.OfficialBuild
import dev.kitbridge.it.parity.Built
import dev.kitbridge.it.parity.Parity
import java.nio.file.Files

for (kit in ['kit3', 'kit2']) {
    // the same relative path to the packages, which affects the names and hashes of chunks
    def theirs = new File(basedir, 'official/' + kit)
    Files.move(new File(basedir, kit + '/node_modules').toPath(), new File(theirs, 'node_modules').toPath())
    // on kit 3, the build contains the origin
    OfficialBuild.run(theirs, kit == 'kit3' ? ['lab', 'storefront', 'origin'] : ['lab', 'based'])
}

def servers = new File(basedir, 'servers')
servers.mkdir()
def official = { app -> new File(basedir, "official/$app/build") }
def jar = { app, classifier -> new File(basedir, "$app/target/${app.replace('/', '-')}-1.0-${classifier}.jar") }
def built = { int kit, String base, boolean shop, String app ->
    Built.of(kit, base, shop, official(app), [node: jar(app, 'app'), bun: jar(app, 'bun')])
}
def lab3 = built(3, '/lab', false, 'kit3/lab')
def lab2 = built(2, '', false, 'kit2/lab')
def parity = new Parity(servers)
def differences = []
differences += parity.compare(lab3)
differences += parity.compareBehindProxy(lab3)
differences += parity.compareWithOrigin(lab3.beside(official('kit3/origin')))
differences += parity.compare(built(3, '', true, 'kit3/storefront'))
differences += parity.compare(lab2)
differences += parity.compareBehindProxy(lab2)
differences += parity.compareWithOrigin(lab2)
differences += parity.compareAtBasePath(Built.of(3, '/lab', false, official('kit3/lab'), [moved: jar('kit3/moved', 'app')]))
differences += parity.compareAtBasePath(Built.of(2, '/lab', false, official('kit2/based'), ['moved-kit2': jar('kit2/lab', 'app')]))
differences += parity.crash('/lab/samples/かもめ/', lab3)
new File(basedir, 'differences.txt').text = differences.join('\n')
assert differences == []
println "$parity.count requests were answered alike"

// each intended difference occurs, and is in the docs
assert parity.seen() == Parity.intended()
def documented = new File(basedir, 'docs.md').readLines().findAll { it.startsWith('| `') }.collect { it.split('`')[1] }
assert documented as Set == Parity.intended()
true

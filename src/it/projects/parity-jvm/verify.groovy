import dev.kitbridge.it.OfficialBuild
import dev.kitbridge.it.parity.Parity
import java.nio.file.Files

for (kit in ['kit3', 'kit2']) {
    // at the same place beside the apps: paths to packages go into the names and hashes of chunks
    def theirs = new File(basedir, 'official/' + kit)
    Files.move(new File(basedir, kit + '/node_modules').toPath(), new File(theirs, 'node_modules').toPath())
    OfficialBuild.run(theirs, kit == 'kit3' ? ['lab', 'storefront'] : ['lab'])
}

def official = { app -> new File(basedir, "official/$app/build") }
def jar = { app -> new File(basedir, "$app/target/${app.replace('/', '-')}-1.0-app.jar") }

def servers = new File(basedir, 'servers')
servers.mkdir()
def parity = new Parity(servers)
def differences = []
differences += parity.compare(3, '/lab', false, official('kit3/lab'), jar('kit3/lab'))
differences += parity.compareBehindProxy(3, '/lab', official('kit3/lab'), jar('kit3/lab'))
differences += parity.compare(3, '', true, official('kit3/storefront'), jar('kit3/storefront'))
differences += parity.compare(2, '', false, official('kit2/lab'), jar('kit2/lab'))
differences += parity.compareBehindProxy(2, '', official('kit2/lab'), jar('kit2/lab'))
differences += parity.crash('/lab/samples/かもめ/', official('kit3/lab'), jar('kit3/lab'))
new File(basedir, 'differences.txt').text = differences.join('\n')
assert differences == []
println "$parity.count requests were answered alike"

// what differs on purpose is there, and stands in the docs
assert parity.seen() == Parity.intended()
def documented = new File(basedir, 'docs.md').readLines().findAll { it.startsWith('| `') }.collect { it.split('`')[1] }
assert documented as Set == Parity.intended()
true

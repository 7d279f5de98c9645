import dev.kitbridge.adapter.test.tck.TckSuite
import dev.kitbridge.it.Node
import dev.kitbridge.it.OfficialBuild
import dev.kitbridge.it.parity.Built
import dev.kitbridge.it.parity.Parity
import java.nio.file.Files

/** Runs the suite as its users do, and returns the exit code. */
def tck = { Object... words ->
    def folder = new File(localRepositoryPath, 'dev/kitbridge/kitbridge-adapter-test')
    def jar = folder.listFiles().collectMany { it.listFiles()?.toList() ?: [] }.find { it.name ==~ /kitbridge-adapter-test-[^-]*(-SNAPSHOT)?\.jar/ }
    def java = new File(System.getProperty('java.home'), 'bin/java').path
    def command = [java, '-jar', jar.path, *words].collect { it as String }
    def process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(new File(basedir, 'tck.log'))).start()
    process.waitFor()
}
// the suite's own app, with its own configuration
def own = new File(basedir, 'official/kit3/tck')
assert tck('app', 'kit3', own) == 0

for (kit in ['kit3', 'kit2']) {
    // the same relative path to the packages, which affects the names and hashes of chunks
    def theirs = new File(basedir, 'official/' + kit)
    Files.move(new File(basedir, kit + '/node_modules').toPath(), new File(theirs, 'node_modules').toPath())
    // on kit 3, the build contains the origin
    OfficialBuild.run(theirs, kit == 'kit3' ? ['lab', 'storefront', 'origin', 'tck'] : ['lab', 'based'])
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
differences += parity.crash('/lab/samples/%E3%81%8B%E3%82%82%E3%82%81/', lab3)
// adapter-node itself, without any intended difference
differences += parity.compareOfficial(lab2, TckSuite.SERVER)
differences += parity.compareOfficial(lab3, TckSuite.PROXY)
new File(basedir, 'differences.txt').text = differences.join('\n')
assert differences == []
println "$parity.count requests were answered alike"

// the suite as a program: adapter-node passes, a server that never answers 304 does not
def program = Node.program().toString()
def script = new File(own, 'build/index.js').path
def run = { String name, String only, String... arguments ->
    tck('run', 'kit3', '--reference', new File(own, 'build'), '--node', program, '--only', only, '--report', new File(basedir, name), '--', program,
            *arguments, script)
}
assert run('tck.md', '.*') == 0: new File(basedir, 'tck.md')
assert run('tck-broken.md', 'files/.*', '--import', new File(basedir, 'broken.mjs').toURI().toString()) == 1
def broken = new File(basedir, 'tck-broken.md').text
assert broken.contains('### files/conditions') && broken.contains('    status: 304 -> 200')
assert !broken.contains('### files/codings')

// each intended difference occurs, and is in the docs
assert parity.seen() == Parity.intended()
def documented = new File(basedir, 'docs.md').readLines().findAll { it.startsWith('| `') }.collect { it.split('`')[1] }
assert documented as Set == Parity.intended()
true

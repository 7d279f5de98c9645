import dev.kitbridge.it.Documented
import dev.kitbridge.it.OfficialBuild
import dev.kitbridge.it.parity.Built
import dev.kitbridge.it.parity.Parity
import java.nio.file.Files

assert Documented.missing(new File(basedir, 'docs.md'), new File(basedir, 'kit3/lab/pom.xml')) == []

// the same relative path to the packages, which affects the names and hashes of chunks
def theirs = new File(basedir, 'official/kit3')
Files.move(new File(basedir, 'kit3/node_modules').toPath(), new File(theirs, 'node_modules').toPath())
OfficialBuild.run(theirs, ['lab'])

def servers = new File(basedir, 'servers')
servers.mkdir()
def war = new File(basedir, 'kit3/lab/target/lab-1.0.war')
def classPath = { name ->
    def libraries = new File(basedir, "$name/target/classpath.txt").text.trim()
    new File(basedir, "$name/target/classes").path + File.pathSeparator + libraries
}
def container = { name -> ['-cp', classPath(name), 'Main', war.path, '/lab', new File(servers, name).path] }
// the application of Spring Boot has the app on its class path
def packed = new File(basedir, 'kit3/lab/target/classes').path
def application = { name -> ['-cp', packed + File.pathSeparator + classPath(name), 'Main', '/lab', new File(servers, name).path] }
def containers = ['tomcat11', 'tomcat10', 'jetty'].collectEntries { [it, container(it)] }
containers += ['spring4', 'spring3'].collectEntries { [it, application(it)] }
def lab = Built.started(3, '/lab', new File(theirs, 'lab/build'), containers)
def parity = new Parity(servers)
def differences = parity.compareInContainers(lab)
new File(basedir, 'differences.txt').text = differences.join('\n')
assert differences == []
println "$parity.count requests were answered alike"

// the docs list the intended differences, and each of them occurs
assert parity.seen().intersect(Parity.intendedOfContainers()) == Parity.intendedOfContainers()
def documented = new File(basedir, 'docs.md').readLines().findAll { it.startsWith('| `container-') }.collect { it.split('`')[1] }
assert documented as Set == Parity.intendedOfContainers()
true

import dev.kitbridge.it.Invocations
import groovy.xml.XmlSlurper

def version = new XmlSlurper().parse(new File(basedir, 'pom.xml')).properties.'kitbridge.version'.text()
def first = Invocations.log(basedir, 1)
def jar = { new File(basedir, "$it/target/$it-1.0.jar").canonicalPath }
def fails = { String module, String text -> first.has("on project site-$module: $text") }
def where = '; run Maven with -e to see where'

fails('create', "Adapter 'early' (${jar('adapters')}) failed: java.lang.IllegalStateException: the map is upside down" + where)
fails('adapt', "Adapter 'late' (${jar('adapters')}) failed: java.lang.IllegalStateException: the crane is stuck" + where)
fails('words', "Adapter 'wordy': berth 4 is taken; choose another")
fails('vite', "Adapter 'painter' (${jar('adapters')}) failed: java.lang.IllegalStateException: out of paint" + where)
fails('supports', "Adapter 'judge' (${jar('adapters')}) failed: java.lang.IllegalStateException: the court is closed" + where)
fails('options', '<picky>: <size> is 0; it accepts 1 to 9')

def all = ['early', 'judge', 'late', 'painter', 'picky', 'wordy'].collect { "'$it' (${jar('adapters')})" }.join(', ')
fails('unknown', "No adapter is named 'lat'; did you mean 'late'? Found: $all. For another one, add an adapter")
fails('several', 'Several adapters are on the plugin\'s class path, and <adapters> does not select one: ' + all)
fails('twins', "Two adapters are named 'late': org.example.Failing\$Late in ${jar('adapters')}" +
        " and org.example.TwinFactory in ${jar('twin')}; remove one of them")
fails('future', 'Adapter org.example:future-adapter:1.0 was built against dev.kitbridge:adapter-api:99.0,' +
        " and this plugin has adapter-api $version; use dev.kitbridge:adapter-maven-plugin:99.0 or newer")

// failures that the user can fix, and bugs of an adapter
def kind = { String module -> 
    def help = (first.text() =~ /(?m)on project site-$module: [\s\S]*?\[Help (\d+)\]$/)[0][1]
    (first.text() =~ /\[Help $help\] \S*\/(\w+)/)[0][1]
}
assert ['words', 'options', 'unknown', 'twins', 'future'].every { kind(it) == 'MojoFailureException' }
assert ['create', 'adapt', 'vite', 'supports'].every { kind(it) == 'MojoExecutionException' }

// the log has the messages, without stack traces and causes
first.has('BUILD FAILURE').hasNot('    at dev.kitbridge.').hasNot('    at org.example.').hasNot('rust in the gear').hasNot('the list of berths').hasNot('NoSuchMethodError')
// all modules share one Vite build
assert first.count('with SvelteKit') == 1

Invocations.log(basedir, 2).has('Caused by: java.lang.RuntimeException: rust in the gear').has('org.example.Failing$Late.adapt')
true

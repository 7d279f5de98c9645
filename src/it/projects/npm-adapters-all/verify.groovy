import dev.kitbridge.it.Invocations
import dev.kitbridge.it.NpmAdapters

def second = Invocations.log(basedir, 2)
NpmAdapters.ALL.each { second.has("Nothing changed for adapter '${it.name()}'") }
assert new NpmAdapters(basedir, NpmAdapters.ALL).differences() == []
true

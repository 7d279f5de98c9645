import dev.kitbridge.it.Invocations
import dev.kitbridge.it.NpmAdapters

def adapters = new NpmAdapters(basedir, NpmAdapters.FEW)

// nothing changed in the second run, which had no network
def second = Invocations.log(basedir, 2)
NpmAdapters.FEW.each { second.has("Nothing changed for adapter '${it.name()}'") }
second.hasNot('Building:')

// the lock files are those of the module, and npm checked the digests in them
assert new File(basedir, 'kit3/node/src/main/npm/node-lock.json').text.contains('"integrity": "sha512-')
// the app has this adapter itself
assert !new File(basedir, 'kit3/static/src/main').exists()

assert adapters.differences() == []

// the comparison detects a difference
new File(basedir, 'kit3/node/build/handler.js') << ' '
assert adapters.differencesOf('node') == ['build/handler.js: differs from byte 37']
true

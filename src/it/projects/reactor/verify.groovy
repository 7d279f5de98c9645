import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Invocations
import dev.kitbridge.it.Node

Node.run(basedir, [:], '-e', "require('fs').renameSync('Gr\\u00f6\\u00dfe und Ma\\u00df \\u2713', 'letters')")
def site = { String module -> new File(basedir, "$module/target/adapters/static") }
['north': 'north', 'south': 'south', 'again': 'north', 'west': 'north', 'letters': 'letters/src/main/frontend'].each { module, app ->
    assert new File(site(module), 'index.html').text.contains("Tides of $app")
}
Folder.same(site('again'), site('north'))
assert App.files(site('letters')).contains('index.html.gz')

def first = Invocations.log(basedir, 1)
first.has('Using the MultiThreadedBuilder implementation with a thread count of 2')
// one installation for the workspace, one build for two modules with the same app and settings, another for the third
assert first.count(': npm ci') == 1
assert first.count('with SvelteKit') == 4
def second = Invocations.log(basedir, 2)
assert second.count('Nothing changed since the last Vite build') == 5
assert new File(site('north'), 'index.html').text.contains('from the north')
assert new File(site('west'), 'index.html').text.contains('from the west')
second.hasNot('npm ci').hasNot('with SvelteKit')
true

import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog

def files = App.files(new File(basedir, 'target/adapters/static'))
assert files.contains('index.html')
assert files.contains('_app/version.json')
assert new File(basedir, 'target/adapters/static/index.html').text.contains('High water at noon.')

// the second run of the same did nothing
def log = BuildLog.of(basedir)
assert log.count('Building ' + basedir.canonicalPath + ' with SvelteKit') == 1
log.has('Nothing changed since the last Vite build').has("Nothing changed for adapter 'static'")
true

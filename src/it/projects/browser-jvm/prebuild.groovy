import dev.kitbridge.it.App
import dev.kitbridge.it.Chromium

// at once, where it is named and not there
Chromium.program()

def app = new File(basedir, 'frontend')
App.copyStorefront(apps, app, kitVersion)

// The shop takes its time by the clock; here it waits for the test, so that the order of events is certain.
def slow = new File(app, 'src/lib/server/suggestions.ts')
def wait = 'await setTimeout(400);'
assert slow.text.count(wait) == 1
slow.text = "import { existsSync } from 'node:fs';\n" +
    slow.text.replace(wait, 'while (existsSync(process.env.SHELVES_CLOSED!)) await setTimeout(10);')
true

import dev.kitbridge.it.App
import dev.kitbridge.it.Node
import dev.kitbridge.it.Workspace

def apps = ['north', 'south', 'letters/src/main/frontend']
apps.each { app ->
    App.copy(this.apps, 'kit3', new File(basedir, app), kitVersion)
    new File(basedir, "$app/src/routes/+page.svelte").text = "<h1>Tides of $app</h1>\n"
}
new File(basedir, 'north/src/routes/+page.svelte') << "<p>Seen from the {import.meta.env.VITE_SIDE ?? 'north'}</p>\n"
Workspace.create(basedir, *apps)
// Node renames the folder: the locale of this JVM may not be able to represent the name
Node.run(basedir, [:], '-e', '''
        const fs = require('fs');
        const folder = 'Gr\\u00f6\\u00dfe und Ma\\u00df \\u2713';
        fs.renameSync('letters', folder);
        for (const file of ['package.json', 'package-lock.json']) {
            if (!fs.existsSync(file)) continue;
            fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('letters/src', folder + '/src'));
        }''')
true

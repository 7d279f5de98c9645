import dev.kitbridge.it.App
import java.nio.file.Files

App.copy(apps, 'kit3', basedir, kitVersion)

// a later SvelteKit, whose plugin has another name
def kit = new File(basedir, 'kit-of-unknown-structure/node_modules/@sveltejs/kit')
kit.mkdirs()
new File(kit, 'package.json').text = '{ "name": "@sveltejs/kit", "version": "4.0.0", "type": "module", "exports": { "./package.json": "./package.json", "./vite": "./vite.js" } }'
new File(kit, 'vite.js').text = "export const sveltekit = () => [{ name: 'sveltekit' }];"

// files of earlier builds, and a link that leads out of the folder
def write = { String path ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.text = 'of an earlier build'
}
write('pages-in-all-of-target/target/classes/Tides.class')
write('pages-in-the-classes/target/classes/Tides.class')
write('only-assets-right/target/assets/tides.csv')
write('target-is-a-file/target')
write('output-is-a-file/target/adapters/static')
def link = new File(basedir, 'pages-through-a-link')
new File(link, 'target').mkdirs()
Files.createSymbolicLink(new File(link, 'target/link').toPath(), new File(link, 'src').toPath())
true

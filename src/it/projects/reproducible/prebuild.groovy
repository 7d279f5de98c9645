import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Workspace

// the adapter of custom-adapter with its two apps: it uses every method of the builder
['first', 'second/other place'].eachWithIndex { name, i ->
    def copy = new File(basedir, name)
    Folder.copy(new File(apps, '../projects/custom-adapter'), copy)
    new GroovyShell(this.class.classLoader, new Binding(basedir: copy, apps: apps, kitVersion: kitVersion))
            .evaluate(new File(copy, 'prebuild.groovy'))
    // a copy has another modification time than its original
    copy.eachFileRecurse { it.lastModified = System.currentTimeMillis() - (i + 1) * 86_400_000L }
}

// three apps in one git repository
def versions = new File(basedir, 'versions')
['one', 'two', 'own'].each { App.copy(apps, 'kit3', new File(versions, it), kitVersion) }
// as Paraglide does: a build writes sources that Git ignores, some of which name the folder
['one', 'two'].each {
    new File(versions, "$it/vite.config.js").text = '''import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

mkdirSync('src/generated', { recursive: true });
writeFileSync('src/generated/README.md', `Generated in ${process.cwd()}`);
writeFileSync('src/generated/words.js', `export const tide = ${JSON.stringify(process.env.TIDE ?? 'high')}`);

export default defineConfig({ plugins: [sveltekit()] });
'''
    new File(versions, "$it/.gitignore").text = 'node_modules\n.svelte-kit\ntarget\nsrc/generated\n'
}
// 'one' and 'two' are equal byte by byte, and use the packages of the parent folder
Workspace.create(versions, 'own')
def git = { String... command ->
    def process = new ProcessBuilder(['git', *command]).directory(versions).redirectErrorStream(true).start()
    def output = process.inputStream.text
    assert process.waitFor() == 0 : output
    output.trim()
}
git('init', '--quiet')
git('add', '.')
git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false',
        'commit', '--quiet', '--message', 'Three apps')
true

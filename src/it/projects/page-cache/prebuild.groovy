import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

def site = new File(basedir, 'site')
Folder.copy(new File(site, 'src'), new File(basedir, 'site-kit2/src'))
App.copy(apps, 'kit3', site, kitVersion)
App.copy(apps, 'kit2', new File(basedir, 'site-kit2'), kitVersion)
new File(site, 'vite.config.js').text = '''
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [sveltekit({ experimental: { remoteFunctions: true } })] });
'''
new File(basedir, 'site-kit2/svelte.config.js').text = '''
export default { kit: { experimental: { remoteFunctions: true } } };
'''
true

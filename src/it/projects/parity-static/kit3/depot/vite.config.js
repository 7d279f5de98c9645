import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter({ pages: 'build/pages', assets: 'build/assets' }),
			paths: { base: '/depot', relative: false },
			version: { name: 'parity' }
		})
	]
});

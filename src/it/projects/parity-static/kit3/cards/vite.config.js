import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	build: { sourcemap: true },
	plugins: [
		sveltekit({
			// as in the POM: source maps hold relative paths, and this folder is less deep than kit's own
			adapter: adapter({ pages: 'target/cards' }),
			router: { type: 'hash' },
			version: { name: 'parity' }
		})
	]
});

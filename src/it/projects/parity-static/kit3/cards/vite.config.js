import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	build: { sourcemap: true },
	plugins: [
		sveltekit({
			// as deep as Kitbridge's output, since source maps hold relative paths to the sources
			adapter: adapter({ pages: 'target/adapters/static' }),
			router: { type: 'hash' },
			version: { name: 'parity' }
		})
	]
});

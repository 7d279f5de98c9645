import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// The suite expects these options. Build once with adapter-node and once with the adapter under test.
export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter(),
			paths: { base: '/lab' },
			version: { name: 'tck' },
			experimental: { remoteFunctions: true },
			compilerOptions: { experimental: { async: true } }
		})
	]
});

import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [
		sveltekit({
			version: { name: 'quay' },
			csp: { directives: { 'script-src': ['self'] } },
			experimental: { remoteFunctions: true },
			compilerOptions: { experimental: { async: true } }
		})
	],
	build: { assetsInlineLimit: 0 }
});

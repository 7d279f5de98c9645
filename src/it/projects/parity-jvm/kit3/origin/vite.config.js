import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// Two traces of `paths.base` have no effect on a page, and do not depend on it here: the constant in the client's code is for pages that
// do not name their base path, and prerendered pages name it twice.
const same_files = {
	name: 'same-files',
	transform(code, id, options) {
		if (!id.includes('/@sveltejs/kit/')) return null;
		if (!options?.ssr) return code.replaceAll('__SVELTEKIT_PATHS_BASE__', '""');
		return id.endsWith('/page/render.js') ? code.replace('if (paths.assets) {', 'if (paths.assets && !state.prerendering) {') : null;
	}
};

export default defineConfig({
	plugins: [
		same_files,
		sveltekit({
			adapter: adapter(),
			paths: { base: '/lab', origin: 'http://shop.example:8080' },
			version: { name: 'parity' },
			experimental: { remoteFunctions: true },
			compilerOptions: { experimental: { async: true } }
		})
	]
});

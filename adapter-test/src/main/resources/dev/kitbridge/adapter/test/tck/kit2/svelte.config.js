import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	// The suite expects these options. Build once with adapter-node and once with the adapter under test.
	kit: {
		adapter: adapter(),
		experimental: { remoteFunctions: true },
		version: { name: 'tck' }
	},
	compilerOptions: { experimental: { async: true } }
};

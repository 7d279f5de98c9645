import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter(),
		experimental: { remoteFunctions: true },
		paths: { base: '/lab' },
		version: { name: 'parity' }
	},
	compilerOptions: { experimental: { async: true } }
};

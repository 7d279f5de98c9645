import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter({ pages: 'build/pages', assets: 'build/assets' }),
		experimental: { explicitEnvironmentVariables: true },
		paths: { base: '/depot', relative: false },
		version: { name: 'parity' }
	}
};

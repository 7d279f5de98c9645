import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		// as deep as Kitbridge's output, since source maps hold relative paths to the sources
		adapter: adapter({ pages: 'target/adapters/static' }),
		router: { type: 'hash' },
		version: { name: 'parity' }
	}
};

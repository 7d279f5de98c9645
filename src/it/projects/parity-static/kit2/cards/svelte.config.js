import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		// as in the POM: source maps hold relative paths, and this folder is less deep than kit's own
		adapter: adapter({ pages: 'target/cards' }),
		router: { type: 'hash' },
		version: { name: 'parity' }
	}
};

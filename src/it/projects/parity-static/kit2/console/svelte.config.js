import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: adapter({ fallback: '200.html' }),
		csp: { directives: { 'script-src': ['self'] } },
		version: { name: 'parity' }
	}
};

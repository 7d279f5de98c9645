/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		version: { name: 'quay' },
		csp: { directives: { 'script-src': ['self'] } },
		experimental: { remoteFunctions: true }
	},
	compilerOptions: { experimental: { async: true } }
};

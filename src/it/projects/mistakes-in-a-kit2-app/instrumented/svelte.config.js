/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: { experimental: { instrumentation: { server: true } } }
};

import { sveltekit } from '@sveltejs/kit/vite';

export default {
	define: { __CHART__: JSON.stringify(process.env.CHART ?? 'none') },
	plugins: [sveltekit()]
};

import { sveltekit } from '@sveltejs/kit/vite';
import { execSync } from 'node:child_process';
import process from 'node:process';

// as the app's own author runs it: with npm's variables, the packages' programs, and Vite's words
execSync('svelte-kit --help');

export default {
	define: {
		__VERSION__: JSON.stringify(process.env.npm_package_version),
		__INIT_CWD__: JSON.stringify(process.env.INIT_CWD === import.meta.dirname),
		__WORDS__: JSON.stringify(process.argv.slice(2).join(' ')),
		__CHART__: JSON.stringify(process.env.CHART)
	},
	plugins: [sveltekit()]
};

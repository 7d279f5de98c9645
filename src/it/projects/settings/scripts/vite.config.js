import { sveltekit } from '@sveltejs/kit/vite';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

// as the app's own author runs it: with npm's variables, the packages' programs, and Vite's words
const programs = process.env.PATH.split(delimiter).flatMap((folder) => ['svelte-kit', 'svelte-kit.cmd'].map((name) => join(folder, name)));
if (!programs.some((program) => existsSync(program))) throw new Error(`no svelte-kit in ${process.env.PATH}`);

export default {
	define: {
		__VERSION__: JSON.stringify(process.env.npm_package_version),
		__INIT_CWD__: JSON.stringify(process.env.INIT_CWD === import.meta.dirname),
		__WORDS__: JSON.stringify(process.argv.slice(2).join(' ')),
		__CHART__: JSON.stringify(process.env.CHART)
	},
	plugins: [sveltekit()]
};

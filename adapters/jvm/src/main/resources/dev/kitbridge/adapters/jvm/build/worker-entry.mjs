// Adds the worker to the app's server build as one more entry, so that modules that both use exist once, and bundles the app's
// dependencies, so that nothing has to be installed where the app runs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const NAME = 'kitbridge-worker';

/** @param {{ source: string, external: string[] }} options `source`: the worker's text */
export default function ({ source, external }) {
	/** Lies nowhere, but its imports are looked up from the app's folder. */
	let id = '';
	return {
		name: NAME,
		apply: 'build',
		/** @param {any} config */
		config(config) {
			const root = config.root ?? process.cwd();
			id = join(root, `${NAME}.mjs`).replaceAll('\\', '/');
			const ssr = { noExternal: true, external };
			const input = { [NAME]: id };
			if (kit_major(root) < 3) {
				return config.build?.ssr ? { ssr, build: { rollupOptions: { input } } } : {};
			}
			return { ssr, environments: { ssr: { build: { rolldownOptions: { input } } } } };
		},
		/** @param {string} source */
		resolveId: (source) => (source === id ? id : null),
		/** @param {string} module */
		load: (module) => (module === id ? source : null)
	};
}

/** @param {string} root */
function kit_major(root) {
	const file = createRequire(join(root, 'package.json')).resolve('@sveltejs/kit/package.json');
	return Number.parseInt(JSON.parse(readFileSync(file, 'utf8')).version);
}

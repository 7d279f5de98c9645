// Adds the worker to the app's server build as one more entry, so that modules that both use exist once, and bundles the app's
// dependencies, so that nothing has to be installed where the app runs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import process from 'node:process';

const NAME = 'kitbridge-worker';

/** @param {{ modules: Record<string, string>, entry: string, external: string[] }} options `modules`: the worker's, texts by name */
export default function ({ modules, entry, external }) {
	/** Where the modules seem to lie: nowhere, but their imports are looked up from the app's folder. */
	let folder = '';
	return {
		name: NAME,
		apply: 'build',
		/** @param {any} config */
		config(config) {
			const root = config.root ?? process.cwd();
			folder = `${join(root, NAME).replaceAll('\\', '/')}/`;
			const ssr = { noExternal: true, external };
			const input = { [NAME]: folder + entry };
			if (kit_major(root) < 3) {
				return config.build?.ssr ? { ssr, build: { rollupOptions: { input } } } : {};
			}
			return { ssr, environments: { ssr: { build: { rolldownOptions: { input } } } } };
		},
		/** @param {string} source @param {string | undefined} importer */
		resolveId(source, importer) {
			const id = importer?.startsWith(folder) && source.startsWith('.') ? posix.join(importer, '..', source) : source;
			return id.startsWith(folder) ? id : null;
		},
		/** @param {string} id */
		load: (id) => (id.startsWith(folder) ? modules[id.slice(folder.length)] : null)
	};
}

/** @param {string} root */
function kit_major(root) {
	const file = createRequire(join(root, 'package.json')).resolve('@sveltejs/kit/package.json');
	return Number.parseInt(JSON.parse(readFileSync(file, 'utf8')).version);
}

// Adds the app's own server entry to its server build. The modules that it imports are written after the build (ServerEntry.java):
// they stay external, and Node resolves them with `imports` of package.json.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';

const PREFIX = 'sveltekit:';

/** @param {{ entry: string, name: string, modules: string[] }} options `entry`: the file, from the app's folder; `name`: of the built chunk */
export default function ({ entry, name, modules }) {
	let file = '';
	return {
		name: 'kitbridge-server-entry',
		apply: 'build',
		/** @param {any} config */
		config(config) {
			file = resolve(config.root ?? process.cwd(), entry).replaceAll('\\', '/');
			if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
				throw new Error(`<serverEntry> is ${entry}, but there is no file ${file}; the path is relative to the app's folder`);
			}
			const input = { [name]: file };
			// kit 2 builds the server by itself
			if (config.build?.ssr) return { build: { rollupOptions: { input } } };
			return { environments: { ssr: { build: { rolldownOptions: { input } } } } };
		},
		resolveId: {
			order: 'pre',
			/** @param {string} source */
			handler(source) {
				if (!source.startsWith(PREFIX)) return null;
				if (modules.includes(source)) return { id: `#${source.replace(':', '/')}`, external: true };
				throw new Error(`There is no module ${source}; a server entry can import ${modules.join(', ')}`);
			}
		},
		/** @this {any} @param {any} _options @param {Record<string, any>} bundle */
		generateBundle(_options, bundle) {
			const chunk = Object.values(bundle).find((output) => output.isEntry && output.facadeModuleId === file);
			if (chunk && !chunk.exports.includes('default')) {
				throw new Error(`${entry} has no default export; <serverEntry> names a module that ends in: export default { fetch(request) { … } }`);
			}
		}
	};
}

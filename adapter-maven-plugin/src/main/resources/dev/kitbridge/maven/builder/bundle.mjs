// Bundles a module that imports the built server, with the app's own Vite.
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import process from 'node:process';

/**
 * @param {{ root: string, entry: string, out: string, external: string[] }} request `root`: the app's folder
 * @returns {Promise<string>} names of packages that the output imports
 */
export default async function ({ root, entry, out, external }) {
	// the bridge's process has loaded this Vite already
	const { build } = await import('vite');
	/** @type {any} */
	let result;
	try {
		result = await build({
			root,
			configFile: false,
			envDir: false,
			publicDir: false,
			logLevel: 'silent',
			plugins: [imports_of_the_app(root)],
			ssr: { noExternal: true, external },
			build: {
				ssr: true,
				target: 'esnext',
				minify: false,
				outDir: out,
				emptyOutDir: false,
				rollupOptions: {
					input: { [basename(entry).replace(/\.[cm]?js$/, '')]: entry },
					output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
				}
			}
		});
	} catch (/** @type {any} */ error) {
		console.log(String(error.message ?? error).trim());
		process.exit(1);
	}
	const chunks = [result].flat().flatMap(({ output }) => output).filter((file) => file.type === 'chunk');
	const files = new Set(chunks.map((chunk) => chunk.fileName));
	const names = chunks
		.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports])
		.filter((name) => !files.has(name) && !/^[./#]|^\w[\w+-]*:/.test(name) && !isBuiltin(name))
		.map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0]);
	return [...new Set(names)].sort().join(' ');
}

/** Resolves imports from the app's folder: the entry may be outside of it. @param {string} root */
function imports_of_the_app(root) {
	return {
		name: 'kitbridge-imports-of-the-app',
		resolveId: {
			order: /** @type {const} */ ('post'),
			/** @this {any} @param {string} source @param {string} importer */
			handler(source, importer) {
				const app = join(root, 'package.json');
				return importer && importer !== app && /^[\w@]/.test(source) ? this.resolve(source, app, { skipSelf: true }) : null;
			}
		}
	};
}

// Stack traces with the app's own files and lines, as paths relative to the app's folder.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Source maps of the app's files, read when a stack trace needs them; null if a file has no map. @type {Map<string, SourceMap | null>} */
const maps = new Map();

/**
 * Translates the stack traces of the app's code by its source maps. In these, the sources are relative to the folder of the product,
 * which was unpacked to a cache folder. The engine calls `prepareStackTrace` when `stack` is read, so that other errors cost nothing.
 * @param {URL} product the folder
 */
export function trace_sources(product) {
	const root = fileURLToPath(product);
	Error.prepareStackTrace = (error, sites) => {
		const frames = sites.map((site) => {
			try {
				return frame(site, root);
			} catch {
				// reading a stack must not throw
				return { text: String(site), own: true };
			}
		});
		// the frames below the app's own code are always the same: SvelteKit, the worker and Node
		let end = frames.length;
		while (end > 0 && !frames[end - 1].own) end--;
		return [head(error), ...frames.slice(0, end || frames.length).map(({ text }) => `    at ${text}`)].join('\n');
	};
}

/** @param {unknown} error */
function head(error) {
	try {
		return Error.prototype.toString.call(error);
	} catch {
		return 'Error';
	}
}

/**
 * @param {NodeJS.CallSite} site
 * @param {string} root the product's folder
 */
function frame(site, root) {
	const text = String(site);
	// a URL in Node, a path in Bun
	const name = site.getFileName() ?? '';
	const file = name.startsWith('file:') ? fileURLToPath(name) : name;
	const line = site.getLineNumber();
	const column = site.getColumnNumber();
	if (!file.startsWith(root) || line === null || column === null) {
		return { text, own: isAbsolute(file) && !/[\\/]node_modules[\\/]/.test(file) };
	}
	const entry = /** @type {any} */ (source_map(file)?.findEntry(line - 1, column - 1));
	// in the bundle of an app without source maps
	if (!entry?.originalSource) return { text: text.replace(name, () => relative(root, file)), own: true };
	const source = relative(root, resolve(dirname(file), entry.originalSource)).replaceAll('\\', '/');
	return {
		text: text.replace(`${name}:${line}:${column}`, () => `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`),
		own: !/(^|\/)node_modules\//.test(source) && !source.includes('kitbridge-worker/')
	};
}

/** @param {string} file */
function source_map(file) {
	let map = maps.get(file);
	if (map === undefined) {
		try {
			map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
		} catch {
			map = null;
		}
		maps.set(file, map);
	}
	return map;
}

// Stack traces that name the app's own files and lines, by their path from the app's folder.
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {import('node:module').SourceMap} SourceMap */

/** Source maps of the app's files, as far as a stack trace has needed them; null where there is none. @type {Map<string, SourceMap | null>} */
const maps = new Map();

/**
 * Translates the stack traces of the app's code. Its source maps were written as if its sources lay in the folder of the product, which
 * is in some cache. V8 asks when somebody reads `stack`, so that an error that nobody looks at costs nothing.
 * @param {URL} product the folder
 */
export function trace_sources(product) {
	// Bun has none: SvelteKit 3 translates there, to paths below the folder
	if (!nodeModule.SourceMap) return;
	const root = fileURLToPath(product);
	Error.prepareStackTrace = (error, sites) => {
		const frames = sites.map((site) => frame(site, product.href, root));
		// what lies below the app's own code is SvelteKit, the worker and Node, the same each time
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
 * @param {string} href the product's folder as a URL
 * @param {string} root the same folder
 */
function frame(site, href, root) {
	const text = String(site);
	const url = site.getFileName() ?? '';
	const line = site.getLineNumber();
	const column = site.getColumnNumber();
	if (!url.startsWith(href) || line === null || column === null) {
		return { text, own: url !== '' && !url.startsWith('node:') && !url.includes('/node_modules/') };
	}
	const file = fileURLToPath(url);
	const entry = /** @type {any} */ (source_map(file)?.findEntry(line - 1, column - 1));
	// in the bundle of an app without source maps
	if (!entry?.originalSource) return { text: text.replace(url, relative(root, file)), own: true };
	const source = relative(root, resolve(dirname(file), entry.originalSource)).replaceAll('\\', '/');
	return {
		text: text.replace(`${url}:${line}:${column}`, () => `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`),
		own: !/(^|\/)node_modules\//.test(source) && !source.includes('kitbridge-worker/')
	};
}

/** @param {string} file */
function source_map(file) {
	let map = maps.get(file);
	if (map === undefined) {
		try {
			map = new nodeModule.SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
		} catch {
			map = null;
		}
		maps.set(file, map);
	}
	return map;
}

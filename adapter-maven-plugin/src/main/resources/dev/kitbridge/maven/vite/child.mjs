// Shared by the modules that Maven starts: input, output, and the loading of plugins.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { format, stripVTControlCharacters } from 'node:util';
import { owned } from './contradictions.mjs';

/**
 * @typedef {{ adapter: string, path: string, options: Record<string, unknown> }} PluginModule
 * @typedef {{ pre: PluginModule[], post: PluginModule[], getRequest?: PluginModule, setResponse?: PluginModule }} ViteModules
 */

/** Returns the lines that Maven writes. @param {() => number} code the exit code when Maven closes the pipe */
export function heard(code = () => 1) {
	// the pipe closes even if Maven is killed; this process must exit then
	process.stdin.on('end', () => process.exit(code()));
	return createInterface({ input: process.stdin })[Symbol.asyncIterator]();
}

/** Messages that are not useful in a Maven build. They are matched as a whole, so that no other message is lost. */
const ADVICE = [
	// SvelteKit, after each build
	/^Run npm run preview to preview your production build locally\.$/,
	// Rolldown, if the plugins of SvelteKit and Svelte take most of the time, as they do in a small app
	/^(\(!\) |warning: )?\[(PLUGIN|BUNDLER)_TIMINGS\]/i
];

/** @param {string} text */
export function is_advice(text) {
	const plain = stripVTControlCharacters(text).trim();
	return ADVICE.some((pattern) => pattern.test(plain));
}

/** Writes each line with its level, so that Maven logs it at the same level. */
export function mark_levels() {
	for (const [method, level] of Object.entries({ log: 'I', info: 'I', debug: 'I', warn: 'W', error: 'E' })) {
		/** @type {any} */ (console)[method] = (/** @type {unknown[]} */ ...args) => {
			const text = format(...args);
			if (is_advice(text)) return;
			for (const line of text.split('\n')) process.stdout.write(`\x1e${level}${line}\n`);
		};
	}
}

/**
 * Sets `process.argv` to Vite's command line, which the app's configuration may read.
 * @param {string} root the app's folder
 * @param {string[]} words `build`, `--mode`, `staging`
 */
export function set_words(root, words) {
	const vite = createRequire(join(root, 'package.json')).resolve('vite/package.json');
	const own = [join(dirname(vite), 'bin/vite.js'), ...words];
	process.argv.splice(1, Infinity, ...own);
	// kit's threads load the configuration again; they inherit the environment but not `process.argv`
	process.env.KITBRIDGE_WORDS = JSON.stringify(own);
}

/**
 * The Vite plugins of adapters.
 * @param {PluginModule[]} modules
 */
export async function load_plugins(modules) {
	const made = await Promise.all(
		modules.map(async ({ adapter, path, options }) => {
			const plugins = [await (await import(pathToFileURL(path).href)).default(options)];
			return plugins.flat(Infinity).filter(Boolean).map((plugin) => owned(plugin, adapter));
		})
	);
	return made.flat();
}

/**
 * Loads an adapter's replacement for one of kit's functions; undefined without one.
 * @param {PluginModule | undefined} module
 */
export async function load_function(module) {
	return module && (await import(pathToFileURL(module.path).href)).default(module.options);
}

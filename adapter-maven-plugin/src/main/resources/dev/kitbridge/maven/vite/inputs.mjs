// Collects what a build read: the records of its threads (reads.mjs), and what only Vite knows.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { facts, note, note_open_files, note_path } from './reads.mjs';

/** Kit's modules of variables that become part of the code. Its `dynamic` modules do not. */
const STATIC_ENV = /\$env\/static\/(?:private|public)/;

/**
 * A Vite plugin that records what Vite reads in native code. It runs last, when all modules are JavaScript.
 * @param {() => any} kit kit's configuration
 */
export function note_inputs(kit) {
	/** @type {import('vite').ResolvedConfig} */
	let config;
	/** @param {string} id */
	const add = (id) => {
		const name = id.replace(/[?#].*$/, '');
		if (!/^(\/|[a-zA-Z]:[\\/])/.test(name)) return;
		note_path('file', name);
		if (!name.includes('/node_modules/')) note_settings(dirname(name), config.root);
	};
	/** Records a watched file, or a pattern of a plugin that watches patterns. @param {string} file */
	const watch = (file) => {
		const name = resolve(config.root, file);
		if (/[*{]/.test(file) && !existsSync(name)) note_path('tree', fixed_part(name));
		else add(name);
	};
	/** Returns whether a module declares the names of kit 3's variables. @param {string} id */
	const is_env_entry = (id) => {
		const { files } = kit() ?? {};
		return files?.src && resolve(id).replace(/([\\/]index)?\.[jt]s$/, '') === resolve(config.root, files.src, 'env');
	};
	return {
		name: 'kitbridge-inputs',
		/** @param {import('vite').ResolvedConfig} resolved */
		configResolved(resolved) {
			config = resolved;
			for (const file of config.configFileDependencies ?? []) add(file);
			for (const prefix of [config.envPrefix ?? 'VITE_'].flat()) note('prefix', prefix);
			if (config.publicDir) note_path('tree', config.publicDir);
			const { env } = kit() ?? {};
			note('prefix', env?.publicPrefix ?? 'PUBLIC_');
			note_expansions(config);
		},
		/** @this {any} */
		buildStart() {
			hear_watched(this, watch);
		},
		/** @this {any} @param {string} id */
		load(id) {
			hear_watched(this, watch);
			add(id);
		},
		/** @this {any} @param {string} code @param {string} id */
		transform(code, id) {
			hear_watched(this, watch);
			if (STATIC_ENV.test(code)) note_words(code);
			if (is_env_entry(id)) note_words(code);
			for (const pattern of globs(code)) {
				if (pattern.startsWith('!')) continue;
				const from = pattern.startsWith('/') ? config.root : dirname(id.replace(/[?#].*$/, ''));
				if (/^\.{0,2}\//.test(pattern)) note_path('tree', fixed_part(join(from, pattern)));
				const alias = config.resolve.alias.find(({ find }) => typeof find === 'string' && pattern.startsWith(find));
				if (alias) note_path('tree', fixed_part(alias.replacement + pattern.slice(String(alias.find).length)));
			}
		},
		/** @this {any} */
		buildEnd() {
			for (const id of this.getModuleIds()) add(id);
			for (const file of this.getWatchFiles?.() ?? []) watch(file);
		}
	};
}

/**
 * Records the variables that `.env` files refer to, because Vite expands them.
 * @param {import('vite').ResolvedConfig} config
 */
function note_expansions({ envDir, mode }) {
	if (typeof envDir !== 'string') return;
	for (const name of ['.env', '.env.local', `.env.${mode}`, `.env.${mode}.local`]) {
		const file = join(envDir, name);
		if (!existsSync(file)) continue;
		for (const [, variable] of readFileSync(file, 'utf8').matchAll(/\$\{?([A-Za-z_]\w*)/g)) note('env', variable);
	}
}

/** @type {WeakSet<object>} */
const heard = new WeakSet();

/**
 * Records the files that plugins add with `addWatchFile`. Rolldown's contexts have no list of them, so this replaces the method
 * on the prototypes that have it.
 * @param {any} context of a plugin's hook
 * @param {(file: string) => void} watch
 */
function hear_watched(context, watch) {
	for (let type = Object.getPrototypeOf(context); type && type !== Object.prototype; type = Object.getPrototypeOf(type)) {
		if (heard.has(type)) return;
		heard.add(type);
		if (!Object.hasOwn(type, 'addWatchFile')) continue;
		const { addWatchFile } = type;
		/** @this {any} @param {string} file */
		type.addWatchFile = function (file) {
			watch(file);
			return addWatchFile.call(this, file);
		};
	}
}

/** @type {Set<string>} */
const climbed = new Set();

/**
 * Records the files in parent folders that configure how a module is compiled. Those in the app are sources, and refer to others.
 * @param {string} folder
 * @param {string} root the app's folder
 */
function note_settings(folder, root) {
	for (let at = folder; !climbed.has(at); at = dirname(at)) {
		climbed.add(at);
		const own = is_below(at, root);
		if (!own) note_path('file', join(at, 'package.json'));
		for (const name of ['tsconfig.json', 'jsconfig.json']) {
			if (!own || existsSync(join(at, name))) note_tsconfig(join(at, name));
		}
	}
}

/** @param {string} name @param {string} folder */
function is_below(name, folder) {
	return `${name}/`.replaceAll('\\', '/').startsWith(`${folder}/`.replaceAll('\\', '/'));
}

/** @type {Set<string>} */
const extended = new Set();

/** Notes a file and those that it extends. @param {string} file */
function note_tsconfig(file) {
	if (extended.has(file)) return;
	extended.add(file);
	note_path('file', file);
	if (!existsSync(file)) return;
	const [, list = ''] = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(readFileSync(file, 'utf8')) ?? [];
	for (const [, name] of list.matchAll(/"([^"]*)"/g)) {
		const at = /^\.{0,2}\//.test(name) ? resolve(dirname(file), name) : installed(file, name);
		if (at) note_tsconfig(existsSync(at) || at.endsWith('.json') ? at : `${at}.json`);
	}
}

/** @param {string} from @param {string} name */
function installed(from, name) {
	const { resolve } = createRequire(from);
	for (const candidate of [name, `${name}.json`, `${name}/tsconfig.json`]) {
		try {
			return resolve(candidate);
		} catch {
			// tries the next candidate
		}
	}
	return null;
}

/** Records words that may be names of variables. @param {string} code */
function note_words(code) {
	// the code has the whole module, and may read any variable
	if (/import\s*\*|import\s*\(|export\s*\*/.test(code)) note('prefix', '');
	for (const [word] of code.matchAll(/[A-Za-z_]\w+/g)) note('env', word);
}

/** Returns the patterns of `import.meta.glob`. @param {string} code */
function* globs(code) {
	for (const [, list] of code.matchAll(/import\.meta\.glob\s*(?:<[^>]*>)?\(\s*(\[[^\]]*\]|'[^']*'|"[^"]*"|`[^`]*`)/g)) {
		for (const [, pattern] of list.matchAll(/['"`]([^'"`]*)['"`]/g)) yield pattern;
	}
}

/** Returns the part of a pattern before its first wildcard. @param {string} pattern */
function fixed_part(pattern) {
	const parts = pattern.replaceAll('\\', '/').split('/');
	const wild = parts.findIndex((part) => /[*?{[(]/.test(part));
	return parts.slice(0, wild < 0 ? -1 : wild).join('/') || '/';
}

/**
 * Returns the inputs for the record. Paths within the app are relative to its folder.
 * @param {string} root the app's folder
 * @param {string} output kit's `outDir`, which the build reads back
 * @param {boolean} rendered whether there are prerendered pages, which show what they fetched
 */
export function collect_inputs(root, output, rendered) {
	note_open_files();
	const base = root.replaceAll('\\', '/') + '/';
	/** @type {Record<string, Set<string>>} */
	const sets = {};
	/** @type {Map<string, { folder: string, arguments: string[] }>} */
	const questions = new Map();
	/** @type {Set<string>} */
	const unknown = new Set();
	for (const [kind, value, more] of facts()) {
		if (kind === 'git') questions.set(JSON.stringify([value, more]), { folder: value, arguments: more });
		else if (kind === 'ran') unknown.add(`the program '${value}'`);
		else if (kind === 'net') (rendered || !more) && unknown.add(`the network (${value})`);
		else if (!is_below(value, output)) (sets[kind] ??= new Set()).add(value);
	}
	/** @param {import('./reads.mjs').Kind} kind */
	const sorted = (kind) => [...(sets[kind] ?? [])].sort();
	/** @param {import('./reads.mjs').Kind} kind */
	const paths = (kind) => sorted(kind).map((name) => (name.startsWith(base) ? name.slice(base.length) : name));
	return {
		files: paths('file'),
		looks: paths('look').filter((name) => !sets.file?.has(name)),
		folders: paths('list'),
		trees: paths('tree'),
		written: paths('wrote'),
		variables: sorted('env'),
		prefixes: sorted('prefix'),
		questions: [...questions.values()],
		unknown: [...unknown].sort()
	};
}

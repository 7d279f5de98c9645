// Adds the worker to the app's server build as another entry, so that the app and the worker share modules. Decides which packages the
// build contains, as @sveltejs/adapter-node does, and reports which ones the output imports.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import process from 'node:process';

const NAME = 'kitbridge-worker';

/** Folder of the modules that stand in for packages that are not installed. */
const MISSING = 'node_modules/missing/';

/**
 * @typedef {{ modules: Record<string, string>, entry: string, external: string[], bundle: string[], report: string, node: boolean }} Options
 * `modules`: the worker's, texts by name; `external`: packages that are never bundled; `bundle`: `dependencies` that are, or `all`;
 * `report`: the file in the server's output that lists packages; `node`: whether Node runs the app, rather than Bun
 */

/** @param {Options} options */
export default function ({ modules, entry, external, bundle, report, node }) {
	/** Folder of virtual modules: they do not exist on disk, and their imports are resolved from the app's folder. */
	let folder = '';
	let root = '';
	/** @type {string[]} */
	let kept = [];
	const missing = (/** @type {string} */ source, form = 'cjs') => `${folder}${MISSING}${source}.${form}`;
	return {
		name: NAME,
		apply: 'build',
		api: { explain: (/** @type {string} */ culprit) => cure(culprit) },
		/** @param {any} config */
		config(config) {
			root = config.root ?? process.cwd();
			folder = `${join(root, NAME).replaceAll('\\', '/')}/`;
			const input = { [NAME]: folder + entry };
			const kit = kit_major(root);
			if (kit < 3 && !config.build?.ssr) return {};
			// a second adapter of this kind finds what the first one has set
			const rules = config.kitbridge?.rules ?? [config.ssr?.noExternal ?? []].flat();
			kept = [...new Set([...left_external(root, kit, rules, bundle), ...external])];
			const common = { kitbridge: { rules }, ssr: { noExternal: true, external: kept } };
			if (kit < 3) return { ...common, build: { rollupOptions: { input } } };
			return { ...common, environments: { ssr: { build: { rolldownOptions: { input } } } } };
		},
		resolveId: {
			order: /** @type {const} */ ('post'),
			/** @param {string} source @param {string | undefined} importer @param {any} details */
			handler(source, importer, details) {
				const id = importer?.startsWith(folder) && source.startsWith('.') ? posix.join(importer, '..', source) : source;
				if (id.startsWith(folder)) return id;
				return importer && is_optional(source, importer, details) ? missing(source) : null;
			}
		},
		/** Rollup does not pass the kind of the import to resolveId. @this {any} @param {any} source @param {string} importer */
		async resolveDynamicImport(source, importer) {
			if (typeof source !== 'string' || !is_optional(source, importer, { kind: 'dynamic-import' })) return null;
			if (await this.resolve(source, importer)) return null;
			return missing(source, this.meta.rolldownVersion ? 'cjs' : 'mjs');
		},
		/** @param {string} id */
		load(id) {
			if (!id.startsWith(folder)) return null;
			const name = id.slice(folder.length);
			if (!name.startsWith(MISSING)) return modules[name];
			const message = JSON.stringify(`Cannot find module '${name.slice(MISSING.length, name.lastIndexOf('.'))}'`);
			const error = `throw Object.assign(new Error(${message}), { code: 'MODULE_NOT_FOUND' });`;
			if (name.endsWith('.mjs')) return `${error}\nexport {};`;
			// throws at each access: bundlers keep the `exports` of a module that threw
			return `Object.defineProperty(module, 'exports', { get() { ${error} } });`;
		},
		/** @this {any} @param {any} _options @param {Record<string, any>} output */
		generateBundle(_options, output) {
			// another adapter with the same options has written the report
			if (!output[`${NAME}.js`] || output[report]) return;
			const chunks = Object.values(output).filter((file) => file.type === 'chunk');
			/** @param {string} name */
			const is_package = (name) => !(name in output) && package_name(name) !== null;
			/** @type {Set<string>} */
			const imported = new Set();
			for (const chunk of chunks) {
				for (const name of chunk.imports.filter(is_package)) imported.add(name);
				for (const name of chunk.dynamicImports.filter(is_package)) {
					if (is_installed(root, name) || !guarded(this.parse(chunk.code)).has(name)) imported.add(name);
				}
			}
			for (const specifier of imported) check(root, specifier, node);
			const travelling = new Set([...imported].map((specifier) => package_name(specifier)));
			for (const name of kept) if (is_for_run_time(root, name)) travelling.add(name);
			const ids = chunks.flatMap((chunk) => Object.keys(chunk.modules)).filter((id) => !id.startsWith(folder));
			const bundled = ids.map(package_of).filter(Boolean);
			const source = [
				...[...travelling].sort().map((name) => `copied ${name}\n`),
				...[...new Set(bundled)].sort().map((name) => `bundled ${name}\n`)
			].join('');
			this.emitFile({ type: 'asset', fileName: report, source });
		}
	};
}

/**
 * Returns the packages that the official adapter does not bundle: `dependencies`, except Svelte libraries, which need the build, and,
 * before SvelteKit 3, linked packages.
 * @param {string} root @param {number} kit @param {any[]} rules `ssr.noExternal` of the app and its plugins @param {string[]} bundle
 */
function left_external(root, kit, rules, bundle) {
	const file = join(root, 'package.json');
	const names = Object.keys(JSON.parse(readFileSync(file, 'utf8')).dependencies ?? {});
	for (const name of bundle) {
		if (name !== 'all' && !names.includes(name)) {
			throw new Error(`<bundle> names ${name}, which is not in the dependencies of ${file}; it accepts all, or some of: ${names.join(', ')}. Other packages are bundled by default`);
		}
	}
	// with `true`, SvelteKit 2 bundles everything before the official adapter sees it
	if (bundle.includes('all') || (kit < 3 && rules.includes(true))) return [];
	return names.filter(
		(name) => !bundle.includes(name) && !rules.some((rule) => applies(rule, name)) && (kit >= 3 || !is_linked(root, name))
	);
}

/** @param {any} rule @param {string} name */
function applies(rule, name) {
	if (rule instanceof RegExp) return rule.test(name);
	if (typeof rule !== 'string') return false;
	const words = rule.split('*').map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${words.join('[^/]*')}$`).test(name);
}

/** Returns whether a package is linked from outside node_modules, which Vite treats as source of the app. @param {string} root @param {string} name */
function is_linked(root, name) {
	const found = package_folder(root, name);
	return found !== null && !/[\\/]node_modules[\\/]/.test(realpathSync(found));
}

/** @param {string} root @param {string} specifier */
function is_installed(root, specifier) {
	return package_folder(root, package_name(specifier) ?? specifier) !== null;
}

/**
 * Returns whether a package that the output does not import is copied nevertheless. It may be loaded by its name at run time (a
 * transport of pino, a driver of knex). Packages for the build and bundled packages of the workspace are not copied.
 * @param {string} root @param {string} name
 */
function is_for_run_time(root, name) {
	const found = package_folder(root, name);
	if (!found || is_linked(root, name) || /^(vite|svelte|typescript|@(sveltejs|types)\/.*)$/.test(name)) return false;
	return !('vite' in (JSON.parse(readFileSync(join(found, 'package.json'), 'utf8')).peerDependencies ?? {}));
}

/**
 * Fails if an import of the output cannot be resolved at run time.
 * @param {string} root @param {string} specifier @param {boolean} node
 */
function check(root, specifier, node) {
	const name = /** @type {string} */ (package_name(specifier));
	if (!is_installed(root, specifier)) {
		throw new Error(`The built server imports '${specifier}', but the package ${name} is not installed: it is in no node_modules of ${root} or above. Add it to the dependencies in ${join(root, 'package.json')} and install it; or, if it is named in <external>${name}</external> of <jvm> or as external in the app's Vite config, remove it there`);
	}
	if (!node) return;
	try {
		createRequire(join(root, 'package.json')).resolve(specifier);
	} catch (/** @type {any} */ error) {
		// other codes come from packages for `import` only
		if (error.code !== 'MODULE_NOT_FOUND') return;
		throw new Error(`The built server imports '${specifier}', and Node finds no such module in the installed package ${name}; bundle the package with <bundle>${name}</bundle> in <jvm>, or correct the import`);
	}
}

/** @param {string} from @param {string} name @returns {string | null} */
function package_folder(from, name) {
	const found = join(from, 'node_modules', name);
	if (existsSync(join(found, 'package.json'))) return found;
	return dirname(from) === from ? null : package_folder(dirname(from), name);
}

/** Returns the package of a specifier; null for paths, `#imports`, modules of Node and Bun. @param {string} specifier */
function package_name(specifier) {
	if (/^[./#\0]|^\w[\w+-]*:/.test(specifier) || isBuiltin(specifier) || specifier === 'bun') return null;
	return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? null;
}

/** The package that a module of the bundle belongs to. @param {string} id */
function package_of(id) {
	return /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/s.exec(id)?.[1].replace('\\', '/');
}

/**
 * Returns whether an import may be missing: a package requires it, or imports it dynamically, only when it needs it. Node then
 * throws at that moment.
 * @param {string} source @param {string} importer @param {any} details
 */
function is_optional(source, importer, details) {
	if (!importer.includes('/node_modules/') || package_name(source) === null) return false;
	const required = details?.kind === 'require-call' || details?.custom?.['node-resolve']?.isRequire;
	return required || details?.kind === 'dynamic-import';
}

/**
 * Returns the specifiers whose import failures the code handles: in a `try` block, or with `catch` on the promise.
 * @param {any} program @returns {Set<string>}
 */
function guarded(program) {
	/** @type {Map<string, boolean>} */
	const found = new Map();
	/** @param {any} node @param {boolean} handled */
	const walk = (node, handled) => {
		if (!node || typeof node !== 'object') return;
		if (Array.isArray(node)) return node.forEach((item) => walk(item, handled));
		if (node.type === 'ImportExpression' && typeof node.source?.value === 'string') {
			found.set(node.source.value, handled && (found.get(node.source.value) ?? true));
		}
		const handles = node.type === 'TryStatement' && node.handler;
		const catches = node.type === 'CallExpression' && (node.callee.property?.name === 'catch' || (node.callee.property?.name === 'then' && node.arguments.length > 1));
		for (const [key, child] of Object.entries(node)) {
			walk(child, handled || (handles && key === 'block') || (catches && key === 'callee'));
		}
	};
	walk(program, false);
	return new Set([...found].filter(([, handled]) => handled).map(([name]) => name));
}

/** Returns advice for a package that fails to bundle; null for build tools, whose errors have other causes. @param {string} culprit */
function cure(culprit) {
	if (/^(vite|svelte|rollup|rolldown|esbuild|@sveltejs\/.*)$/.test(culprit)) return null;
	return `leave it out of the bundle: move ${culprit} to the dependencies in package.json, or set <external>${culprit}</external> in <jvm>. It is then copied into the jar as it is installed`;
}

/** @param {string} root */
function kit_major(root) {
	const file = createRequire(join(root, 'package.json')).resolve('@sveltejs/kit/package.json');
	return Number.parseInt(JSON.parse(readFileSync(file, 'utf8')).version);
}

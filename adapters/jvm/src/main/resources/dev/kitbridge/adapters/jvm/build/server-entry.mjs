// Adds the app's own server entry to its server, in the build and in development.
//
// It rests on this: SvelteKit takes its server from the module src/runtime/server/index.js, which development loads through Vite, and
// of which the build makes server/index.js, for prerendering and previews. SvelteKit 3 calls its function `configure`, SvelteKit 2
// creates its `Server`. Both are replaced here (entered-server.mjs). `check` fails for a SvelteKit that does otherwise.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';

const PREFIX = 'sveltekit:';
const SERVER = 'src/runtime/server/index.js';

/** Those that use it: development, previews, prerendering. */
const USERS = ['src/exports/vite/dev/index.js', 'src/exports/vite/preview/index.js', 'src/core/postbuild/prerender.js'];

/** The query of SvelteKit's own module. */
const OWN = '?kitbridge-own';

/** Modules that exist only in Vite; `kitbridge:` ones are for entered-server.mjs. @type {Record<string, string>} */
const MODULES = {
	'sveltekit:env': "import { state } from 'kitbridge:entry-state';\nexport const { env } = state;\n",
	'sveltekit:server-manifest': "import { state } from 'kitbridge:entry-state';\nexport const { manifest } = state;\n",
	'sveltekit:server': `import { requests, state } from 'kitbridge:entry-state';

export class Server {
	#manifest;
	#server;

	constructor(manifest) {
		this.#manifest = manifest;
	}

	async init({ env = state.env, read } = {}) {
		this.#server = await state.open(this.#manifest, { env, read });
	}

	/** SvelteKit's own options of the request are kept, also for a request that the entry has created. */
	respond(request, given = {}) {
		const { options, platform } = requests.getStore() ?? {};
		// an entry can pass another platform, or none
		const emulator = given.platform === platform ? options?.emulator : undefined;
		const { getClientAddress } = given;
		return this.#server.respond(request, { ...options, getClientAddress, ...given, emulator });
	}
}
`,
	'kitbridge:entry-state': `import { AsyncLocalStorage } from 'node:async_hooks';

export const state = {};
export const requests = new AsyncLocalStorage();
`
};

/**
 * `entry`: the file, from the app's folder; `name`: of the built chunk; `server`: the text of entered-server.mjs
 * @param {{ entry: string, name: string, server: string }} options
 */
export default function ({ entry, name, server }) {
	let root = '';
	let file = '';
	/** The entries of all adapters: the first one's plugin replaces the server. @type {Record<string, { entry: string, file: string }>} */
	let entries = {};
	/** @type {'configure' | 'Server'} */
	let replaced;
	/** @param {string} id */
	const is_server = (id) => plain(id).endsWith(`/@sveltejs/kit/${SERVER}`);
	return {
		name: 'kitbridge-server-entry',
		/** @param {any} config @param {{ command: string }} env */
		config(config, { command }) {
			root = config.root ?? process.cwd();
			file = resolve(root, entry).replaceAll('\\', '/');
			if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
				throw new Error(`<serverEntry> is ${entry}, but there is no file ${file}; the path is relative to the app's folder`);
			}
			replaced = check(root);
			// the entry of the first adapter prerenders, in threads of SvelteKit's, and answers in development and previews
			process.env.KITBRIDGE_SERVER_ENTRY ??= name;
			const kitbridge = { entries: { [name]: { entry, file } } };
			if (command === 'serve') return { kitbridge };
			const input = { [name]: file };
			// kit 2 builds the server by itself
			if (config.build?.ssr) return { kitbridge, build: { rollupOptions: { input } } };
			return { kitbridge, environments: { ssr: { build: { rolldownOptions: { input } } } } };
		},
		/** @param {any} config */
		configResolved(config) {
			({ entries } = config.kitbridge);
		},
		configurePreviewServer() {
			const failed = (/** @type {unknown} */ error) => {
				console.error(error);
				return new Response('Internal Error', { status: 500 });
			};
			/** @type {any} */ (globalThis)[Symbol.for('kitbridge.server-entry')] ??= { name: process.env.KITBRIDGE_SERVER_ENTRY, failed };
		},
		resolveId: {
			order: 'pre',
			/** @param {string} source @param {string | undefined} importer */
			handler(source, importer) {
				if (source === 'kitbridge:kit-server') return `${plain(importer ?? '')}${OWN}`;
				if (source in MODULES || source === 'kitbridge:entries') return `\0${source}`;
				if (!source.startsWith(PREFIX)) return null;
				const known = Object.keys(MODULES).filter((name) => name.startsWith(PREFIX));
				throw new Error(`There is no module ${source}; a server entry can import ${known.sort().join(', ')}`);
			}
		},
		/** @param {string} id */
		load(id) {
			if (is_server(id)) return `${server}\nexport { ${replaced} };\n`;
			if (id.endsWith(OWN)) return readFileSync(id.slice(0, -OWN.length), 'utf8');
			if (id === '\0kitbridge:entries') {
				const members = Object.entries(entries).map(
					([name, { entry, file }]) => `${JSON.stringify(name)}: { file: ${JSON.stringify(entry)}, load: () => import(${JSON.stringify(file)}) }`
				);
				return `export const entries = { ${members.join(', ')} };\n`;
			}
			return id.startsWith('\0') ? MODULES[id.slice(1)] : undefined;
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

/** Removes the query `?v=` of Vite's optimizer. @param {string} id */
function plain(id) {
	return id.replaceAll('\\', '/').replace(/\?v=\w+$/, '');
}

/**
 * Fails if the app's SvelteKit takes its server from elsewhere; returns the export that it uses.
 * @param {string} root
 * @returns {'configure' | 'Server'}
 */
function check(root) {
	const manifest = createRequire(join(root, 'package.json')).resolve('@sveltejs/kit/package.json');
	const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
	/** @param {string} file @param {RegExp} expected @param {string} described */
	const find = (file, expected, described) => {
		const path = join(dirname(manifest), file);
		const found = expected.exec(statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : '');
		if (found) return found;
		throw new Error(`<serverEntry> does not work with SvelteKit ${version}: ${path} should ${described}; use a version of SvelteKit that Kitbridge supports, or remove <serverEntry>`);
	};
	const replaced = /** @type {'configure' | 'Server'} */ (
		find(SERVER, /^export (?:async )?(?:function|class) (configure|Server)\b/m, 'export a function configure or a class Server')[1]
	);
	const used = replaced === 'Server' ? /\bnew Server\(manifest\)/ : /\bawait configure\(\{/;
	for (const file of USERS) {
		find(file, /\/server\/index\.js\b|\bjoin\(dir, 'index\.js'\)/, `load ${SERVER}, or the server/index.js that is built from it`);
		find(file, used, replaced === 'Server' ? 'create it with new Server(manifest)' : 'call its function configure');
	}
	return replaced;
}

// The app's server with the app's own server entry before SvelteKit's server. It replaces SvelteKit's server module in Vite's graph:
// development, prerendering, previews and workers run the same code. server-entry.mjs appends the export, which depends on SvelteKit.
import process from 'node:process';
import { entries } from 'kitbridge:entries';
import { requests, state } from 'kitbridge:entry-state';
import * as kit from 'kitbridge:kit-server';

export * from 'kitbridge:kit-server';

/** SvelteKit's own exports, of which each version has some. @type {any} */
const own = { ...kit };

/**
 * @typedef {{ file: string, load: () => Promise<{ default?: any }> }} Entry
 * @typedef {{ init: () => Promise<void>, respond: (request: Request, options: any) => Promise<Response> }} Instance
 */

/**
 * Returns the entry that this process uses; undefined without one: the output of a build also serves other adapters.
 * @returns {Entry | undefined}
 */
function chosen() {
	return entries[/** @type {any} */ (globalThis)[Symbol.for('kitbridge.server-entry')]?.name ?? process.env.KITBRIDGE_SERVER_ENTRY];
}

/** @param {Entry} entry */
async function load({ file, load }) {
	const entry = (await load()).default;
	if (typeof entry?.fetch !== 'function') {
		throw new Error(`The default export of ${file} has no method fetch(request), which <serverEntry> needs`);
	}
	return entry;
}

/**
 * Returns the server that passes requests to the entry.
 * @param {Entry} entry
 * @param {any} manifest
 * @param {any} env
 * @param {typeof state.open} open creates SvelteKit's own server
 * @returns {Instance}
 */
function entered(entry, manifest, env, open) {
	state.env = env ?? process.env;
	// the entry keeps this object, and in development SvelteKit creates another one when routes change
	state.manifest = Object.assign(state.manifest ?? {}, manifest);
	state.open = open;
	/** @type {Promise<any> | undefined} */
	let loaded;
	return {
		async init() {
			// in SvelteKit's threads after a build, there may be no request for the entry
			if (!process.env.SVELTEKIT_FORK) await (loaded = load(entry));
		},
		async respond(request, options) {
			if (options.prerendering?.fallback) return (await open(manifest, { env })).respond(request, options);
			loaded ??= load(entry);
			return answer(await loaded, entry.file, request, options);
		}
	};
}

/** @param {any} entry @param {string} file @param {Request} request @param {any} options */
async function answer(entry, file, request, options) {
	const { emulator, getClientAddress, prerendering } = options;
	const platform = emulator?.platform ? await emulator.platform({ config: {}, prerender: !!prerendering, entry: true }) : options.platform;
	try {
		const response = await requests.run({ options, platform }, () => entry.fetch(request, { getClientAddress, platform }));
		if (response?.headers) return response;
		throw new Error(`fetch(request) of ${file} should return a Response, but returned ${response}`);
	} catch (error) {
		// the preview server of SvelteKit exits if `respond` fails
		const failed = /** @type {any} */ (globalThis)[Symbol.for('kitbridge.server-entry')]?.failed;
		if (!failed) throw error;
		return failed(error);
	}
}

/** Replaces the function of SvelteKit 3. @param {any} options @returns {Promise<any>} */
async function configure(options) {
	const entry = chosen();
	// a build without prerendering analyses routes or renders the fallback page
	if (!entry || (options.building && !options.prerendering)) return own.configure(options);
	return entered(entry, options.manifest, options.env, async (manifest, given) => {
		const instance = await own.configure({ ...options, manifest, env: given.env, read: given.read ?? options.read });
		await instance.init();
		return instance;
	});
}

/** Replaces the class of SvelteKit 2. */
class Server {
	#manifest;
	/** @type {Instance | undefined} */
	#instance;

	/** @param {any} manifest */
	constructor(manifest) {
		if (!chosen()) return new own.Server(manifest);
		this.#manifest = manifest;
	}

	/** @param {{ env: any, read?: any }} options */
	async init({ env, read }) {
		this.#instance = entered(/** @type {Entry} */ (chosen()), this.#manifest, env, async (manifest, given) => {
			const server = new own.Server(manifest);
			await server.init({ env: given.env, read: given.read ?? read });
			return server;
		});
		await this.#instance.init();
	}

	/** @param {Request} request @param {any} options */
	respond(request, options) {
		return /** @type {Instance} */ (this.#instance).respond(request, options);
	}
}

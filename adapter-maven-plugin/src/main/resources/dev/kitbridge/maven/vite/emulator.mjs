// The emulator of an adapter in Maven's process, which creates `event.platform` for kit.
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import process from 'node:process';
import { Worker, MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { ask } from './maven.mjs';

/**
 * Keeps the error class of a built app, which recognizes errors with a status by that class only. Before Node 22.15 this is
 * not possible, and such errors of services count as unexpected.
 */
const HTTP_ERROR = Symbol.for('kitbridge.HttpError');

/** @param {string} source of a module @returns {string | null} null without the class */
function keeping_the_class(source) {
	if (!/^(?:var HttpError = class|(?:export )?class HttpError)\b/m.test(source)) return null;
	return `${source}\nglobalThis[Symbol.for('kitbridge.HttpError')] = HttpError;\n`;
}

if (process.versions.bun) {
	/** @type {any} */ (globalThis).Bun.plugin({
		name: 'kitbridge-http-error',
		/** @param {any} build */
		setup(build) {
			build.onLoad({ filter: /[\\/]output[\\/]server[\\/].*\.js$/ }, (/** @type {{ path: string }} */ { path }) => {
				const source = readFileSync(path, 'utf8');
				return { contents: keeping_the_class(source) ?? source, loader: 'js' };
			});
		}
	});
} else {
	nodeModule.registerHooks?.({
		load(url, context, next) {
			const loaded = next(url, context);
			if (loaded.format !== 'module' || !loaded.source || url.includes('/node_modules/')) return loaded;
			const source = keeping_the_class(String(loaded.source));
			return source === null ? loaded : { ...loaded, source };
		}
	});
}

/** Timeout in milliseconds for an answer of an adapter, and for services to become reachable. */
const PATIENCE = 30_000;

/**
 * The details of a request.
 * @typedef {{
 *   context: Record<string, unknown>,
 *   missing: string | null,
 *   own?: ((details: any) => any) | null,
 *   opened?: (calls: any) => void,
 *   revalidate?: (json: string) => Promise<{ unreached: string[] }>
 * }} Known
 * `context`: for services.mjs; `missing`: why the request has no visitor, or null; `own`: creates the platform of an adapter in JavaScript; `opened`: receives the request's calls, which
 * the caller must end; `revalidate`: makes the page cache of a preview forget pages
 */

/**
 * Returns `event.platform`: the adapter's emulated value, with the module's services.
 * @param {string} maven
 * @param {{ config: Record<string, unknown>, prerender: boolean | 'auto' }} details
 * @param {Known} known
 * @returns {Promise<Record<string, unknown>>}
 */
export async function platform(maven, { config, prerender }, { context, missing, opened, own, revalidate }) {
	const { platform: java, services, front } = await emulated(maven, { config, prerender });
	// a copy, since an adapter may return one object for all requests
	const platform = own ? copy(await own({ config, prerender })) : java;
	if (!services && !front) return platform;
	client ??= connect(services ? () => ask(maven, 'services') : undefined, revalidate);
	const calls = (await client).request(context);
	opened?.(calls);
	Object.defineProperties(platform, Object.getOwnPropertyDescriptors(calls.platform));
	platform.cache = (await page_cache_module()).no_page_cache();
	if (missing !== null) {
		for (const name of ['principal', 'attributes', 'request']) {
			Object.defineProperty(platform, name, {
				get() {
					throw new Error(`event.platform.${name} is not there: ${missing}`);
				},
				enumerable: false
			});
		}
	}
	return platform;
}

/** @param {any} value @returns {any} */
function copy(value) {
	return Object.defineProperties({}, Object.getOwnPropertyDescriptors(value ?? {}));
}

/**
 * Returns the adapter's emulated value, and whether the module has services and the adapter a front.
 * @param {string} maven
 * @param {{ config: Record<string, unknown>, prerender: boolean | 'auto' }} details
 * @returns {Promise<{ platform: Record<string, unknown>, services?: boolean, front?: boolean }>}
 */
export function emulated(maven, { config, prerender }) {
	return ask(maven, 'platform', { config: config ?? {}, prerender: String(prerender ?? false).toUpperCase() });
}

/** The client of the module's services. @type {Promise<any> | undefined} */
let client;

/** Returns the module of `event.platform.cache`, which lies beside the bridge as that of the services does. @returns {Promise<any>} */
export function page_cache_module() {
	return import(new URL('./workers/page-cache.mjs', import.meta.url).href);
}

/** @param {(() => Promise<{ address: string, secret: string }>) | undefined} locate @param {Known['revalidate']} revalidate */
async function connect(locate, revalidate) {
	const { connect } = await import(new URL('./services/services.mjs', import.meta.url).href);
	return connect({ locate, error: await error_function(), retry: PATIENCE, revalidate });
}

/** Returns kit's own `error`, as the app has it. */
export async function error_function() {
	const kit = await import('@sveltejs/kit');
	/** Throws with kit's own `error`, the one that the app imports. @param {number} status @param {string} message @returns {never} */
	return (status, message) => {
		let failure;
		try {
			kit.error(status, message);
		} catch (thrown) {
			failure = thrown;
		}
		const { [HTTP_ERROR]: HttpError } = /** @type {any} */ (globalThis);
		if (HttpError && kit.isHttpError(failure)) Object.setPrototypeOf(failure, HttpError.prototype);
		throw failure;
	};
}

/**
 * Asks whether a route may use `read`. Kit expects a synchronous answer, so another thread asks while this one blocks.
 * @param {string} maven
 */
export function read_support(maven) {
	/** @type {Map<string, string | null>} */
	const known = new Map();
	/** @type {((details: unknown) => any) | undefined} */
	let ask_now;
	/**
	 * @param {{ route: { id: string }, config: Record<string, unknown> }} details
	 * @returns {string | null} the adapter's reason against it
	 */
	return ({ route, config }) => {
		const details = { ...route_definition(route.id), config: config ?? {} };
		const key = JSON.stringify(details);
		let refusal = known.get(key);
		if (refusal === undefined) {
			ask_now ??= asker(maven);
			refusal = /** @type {string | null} */ (ask_now(details).refusal);
			known.set(key, refusal);
		}
		return refusal;
	};
}

/** @param {string} maven */
function asker(maven) {
	const { port1, port2 } = new MessageChannel();
	const answered = new Int32Array(new SharedArrayBuffer(4));
	const worker = new Worker(new URL('./asker.mjs', import.meta.url), {
		workerData: { maven, answered, port: port2 },
		transferList: [port2]
	});
	worker.unref();
	port1.unref();
	/** @param {unknown} details */
	return (details) => {
		Atomics.store(answered, 0, 0);
		port1.postMessage(details);
		Atomics.wait(answered, 0, 0, PATIENCE);
		const { answer, error } = receiveMessageOnPort(port1)?.message ?? { error: 'the adapter does not answer' };
		if (error) throw new Error(error);
		return answer;
	};
}

/**
 * Derives a route from its id. Its methods are unknown until its files are loaded.
 * @param {string} id
 */
export function route_definition(id) {
	const parts = id.split('/').filter((part) => part && !/^\(.+\)$/.test(part));
	return {
		id,
		api: { methods: [] },
		page: { methods: [] },
		segments: parts.map((content) => ({
			dynamic: content.includes('['),
			rest: content.includes('[...'),
			content
		})),
		pattern: pattern(parts).source,
		prerender: 'FALSE',
		methods: []
	};
}

/** Returns the pattern that kit creates for a route. @param {string[]} parts */
function pattern(parts) {
	const text = parts.map((part) => {
		if (/^\[\.\.\.[^\]]+\]$/.test(part)) return '(?:/([^]*))?';
		if (/^\[\[[^\]]+\]\]$/.test(part)) return '(?:/([^/]+))?';
		return `/${part.split(/\[(.+?)\](?!\])/).map(piece).join('')}`;
	});
	return parts.length ? new RegExp(`^${text.join('')}/?$`) : /^\/$/;
}

/** Converts a parameter in brackets, or the text up to the next one. @param {string} text @param {number} i */
function piece(text, i) {
	if (i % 2 === 0) return escape(text);
	if (/^[xu]\+/.test(text)) {
		const codes = text.slice(2).split('-');
		return escape(String.fromCodePoint(...codes.map((code) => parseInt(code, 16))));
	}
	return text.startsWith('[') ? '([^/]*)?' : text.startsWith('...') ? '([^]*?)' : '([^/]+?)';
}

/** @param {string} text */
function escape(text) {
	return text.normalize().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

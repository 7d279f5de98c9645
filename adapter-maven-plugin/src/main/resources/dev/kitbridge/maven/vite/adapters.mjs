// Adapters in JavaScript, from npm: loaded, asked and run as kit does it, with kit's own Builder.
import { pathToFileURL } from 'node:url';
import { owned } from './contradictions.mjs';

/**
 * @typedef {{ id: string, name: string, version: string, path: string, options: Record<string, unknown>, emulates: boolean }} Entry
 * `id`: of the element in the POM; `name`, `version`: of the package; `path`: a module that exports the package's as `module`; `emulates`: whether
 * no adapter before it creates `event.platform`
 * @typedef {{ entry: Entry, adapter: any }} Loaded
 * @typedef {boolean | string} Answer whether a feature is supported, or the reason against it
 */

/** A failure of an adapter, which names it. */
export class AdapterFailure extends Error {
	/** @param {Entry} entry @param {string} message @param {unknown} [cause] */
	constructor(entry, message, cause) {
		super(`Adapter '${entry.id}' (${entry.name} ${entry.version}) ${message}`, { cause });
		/** Tells the bridge that the message needs no other words. */
		this.adapter = entry.id;
		if (cause instanceof Error) this.stack = cause.stack;
	}
}

/** Loads the adapters, and creates each from its options. @param {Entry[]} entries @returns {Promise<Loaded[]>} */
export async function load_adapters(entries) {
	return Promise.all(entries.map(async (entry) => ({ entry, adapter: await create(entry) })));
}

/** @param {Entry} entry */
async function create(entry) {
	let factory;
	try {
		factory = (await import(pathToFileURL(entry.path).href)).module.default;
	} catch (error) {
		throw new AdapterFailure(entry, `cannot be loaded: ${message_of(error)}`, error);
	}
	if (typeof factory !== 'function') {
		const found = factory === undefined ? 'there is none' : `it is ${kind(factory)}`;
		throw new AdapterFailure(
			entry,
			`is no adapter: the default export of an adapter is a function of its options, and ${found}; check <package>`
		);
	}
	let adapter;
	try {
		adapter = await factory(entry.options);
	} catch (error) {
		throw new AdapterFailure(entry, `does not accept its <options>: ${message_of(error)}`, error);
	}
	if (typeof adapter?.adapt !== 'function') {
		throw new AdapterFailure(
			entry,
			`is no adapter: its default export returns an object with a function 'adapt', and it returned ${kind(adapter)}; check <package>`
		);
	}
	return adapter;
}

/** @param {unknown} value */
function kind(value) {
	if (value === null || value === undefined) return String(value);
	return typeof value === 'object' ? `an object with ${Object.keys(value).join(', ') || 'no members'}` : `a ${typeof value}`;
}

/** @param {any} error */
export function message_of(error) {
	return String(error?.message ?? error).trim();
}

/**
 * Returns the Vite plugins of the adapters, as kit 3 installs them. Kit 2 knows no plugins of adapters.
 * @param {Loaded[]} loaded
 * @param {number} major kit's major version
 */
export async function vite_parts(loaded, major) {
	/** @type {{ pre: any[], post: any[], getRequest?: any, setResponse?: any }} */
	const parts = { pre: [], post: [] };
	if (major < 3) return parts;
	for (const { entry, adapter } of loaded) {
		const { plugins, getRequest, setResponse } = adapter.vite ?? {};
		const { pre, post } = Array.isArray(plugins) ? { pre: plugins, post: [] } : (plugins ?? {});
		parts.pre.push(...(await flat(pre)).map((plugin) => owned({ enforce: 'pre', ...plugin }, entry.id)));
		parts.post.push(...(await flat(post)).map((plugin) => owned(plugin, entry.id)));
		parts.getRequest ??= getRequest;
		parts.setResponse ??= setResponse;
	}
	return parts;
}

/** @param {unknown} plugins @returns {Promise<any[]>} */
async function flat(plugins) {
	const list = await Promise.all([plugins].flat(Infinity));
	return list.some(Array.isArray) ? flat(list.flat(Infinity)) : list.filter(Boolean);
}

/**
 * Asks an adapter about a feature, as kit does.
 * @param {() => unknown} question
 * @returns {Answer}
 */
export function answer(question) {
	try {
		return !!question();
	} catch (error) {
		return message_of(error);
	}
}

/** @param {Loaded} loaded @param {{ route: { id: string }, config: Record<string, unknown> }} details */
export function supports_read({ adapter }, details) {
	return answer(() => adapter.supports?.read?.(details));
}

/** @param {Loaded} loaded */
export function supports_instrumentation({ adapter }) {
	return answer(() => adapter.supports?.instrumentation?.());
}

/**
 * Returns the function that creates `event.platform`, of the first adapter with one.
 * @param {Loaded[]} loaded
 * @returns {Promise<((details: any) => any) | null>}
 */
export async function emulator(loaded) {
	for (const { entry, adapter } of loaded) {
		if (!entry.emulates) continue;
		const emulator = await adapter.emulate?.();
		if (emulator?.platform) return (details) => emulator.platform(details);
	}
	return null;
}

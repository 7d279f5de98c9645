// Sends `fetch` for paths of the app's own origin that are no routes to the server that the worker belongs to. SvelteKit calls
// the global `fetch` for them, with the visitor's headers.
import { AsyncLocalStorage } from 'node:async_hooks';

/** @typedef {{ url: string, headers: Record<string, string> }} Loopback */

/** As in the Fetch standard. */
const MAX_REDIRECTS = 20;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** @type {AsyncLocalStorage<{ origin: string, loopback: Loopback, used: () => void }>} */
const current = new AsyncLocalStorage();

/** The runtime's own. @type {typeof fetch | null} */
let network = null;

/**
 * Runs a task whose `fetch` for the origin of a URL uses the loopback address.
 *
 * @template T
 * @param {string} url of the request that the task answers
 * @param {Loopback} loopback
 * @param {() => void} used called for each such `fetch`
 * @param {() => T} task
 */
export function within(url, loopback, used, task) {
	if (!network) {
		network = globalThis.fetch;
		globalThis.fetch = own_fetch;
	}
	return current.run({ origin: new URL(url).origin, loopback, used }, task);
}

/** @param {RequestInfo | URL} input @param {RequestInit} [init] */
async function own_fetch(input, init) {
	const plain = /** @type {typeof fetch} */ (network);
	const store = current.getStore();
	if (!store || !is_of_origin(input, store.origin)) return plain(input, init);
	store.used();
	const inner = store.loopback.url.startsWith('https:') ? (await import('./unverified.mjs')).unverified(plain) : plain;
	let request = new Request(input, init);
	for (let redirects = 0; ; redirects++) {
		const again = request.redirect === 'follow' && request.body ? request.clone() : request;
		const response = await inner(...to_loopback(request, store.loopback));
		const location = response.headers.get('location');
		if (request.redirect !== 'follow' || !location || !REDIRECTS.has(response.status)) {
			if (request.redirect === 'error' && REDIRECTS.has(response.status)) throw new TypeError('unexpected redirect');
			return response;
		}
		if (redirects === MAX_REDIRECTS) throw new TypeError('redirect count exceeded');
		void response.body?.cancel();
		request = redirected(again, new URL(location, request.url).href, response.status);
		if (!is_of_origin(request, store.origin)) return plain(request);
	}
}

/** @param {RequestInfo | URL} input @param {string} origin */
function is_of_origin(input, origin) {
	const url = input instanceof Request ? input.url : String(input);
	return url.startsWith(origin) && (url.length === origin.length || /[/?#]/.test(url[origin.length]));
}

/** @param {Request} request @param {Loopback} loopback @returns {[string, RequestInit]} */
function to_loopback(request, loopback) {
	const { pathname, search } = new URL(request.url);
	const headers = new Headers(request.headers);
	for (const [name, value] of Object.entries(loopback.headers)) headers.set(name, value);
	const { method, body, signal } = request;
	return [loopback.url + pathname + search, /** @type {any} */ ({ method, headers, body, signal, duplex: 'half', redirect: 'manual' })];
}

/** @param {Request} request @param {string} url @param {number} status */
function redirected(request, url, status) {
	const to_get = status === 303 ? request.method !== 'HEAD' : status < 303 && request.method === 'POST';
	const headers = new Headers(request.headers);
	if (new URL(url).origin !== new URL(request.url).origin) for (const name of ['authorization', 'cookie']) headers.delete(name);
	if (!to_get) return new Request(url, /** @type {any} */ ({ method: request.method, headers, body: request.body, signal: request.signal, duplex: 'half' }));
	for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language']) headers.delete(name);
	return new Request(url, { headers, signal: request.signal });
}

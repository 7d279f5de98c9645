// Sends a request over TLS without a check of the certificate, to an address where only the server itself listens: its certificate
// names the public host. Node's own `fetch` has no such option.
import https from 'node:https';
import process from 'node:process';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';

/** Statuses of responses without a body, which `Response` does not accept with one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

const DECODERS = { gzip: zlib.createGunzip, deflate: zlib.createInflate, br: zlib.createBrotliDecompress };

/** Returns such a `fetch`, which does not follow redirects. @param {typeof fetch} plain @returns {(url: string, init: RequestInit) => Promise<Response>} */
export function unverified(plain) {
	// Bun's own option
	if (process.versions.bun) return (url, init) => plain(url, /** @type {any} */ ({ ...init, tls: { rejectUnauthorized: false } }));
	return fetch_unverified;
}

/** @param {string} url @param {RequestInit} init @returns {Promise<Response>} */
function fetch_unverified(url, init) {
	const { method, body, signal } = init;
	const headers = Object.fromEntries(new Headers(init.headers));
	return new Promise((fulfil, reject) => {
		const options = { method, headers, signal: signal ?? undefined, rejectUnauthorized: false };
		const request = https.request(url, options, (message) => fulfil(to_response(message, method)));
		request.on('error', reject);
		if (body) Readable.fromWeb(/** @type {any} */ (body)).on('error', (error) => request.destroy(error)).pipe(request);
		else request.end();
	});
}

/** @param {import('node:http').IncomingMessage} message @param {string | undefined} method */
function to_response(message, method) {
	const status = message.statusCode ?? 0;
	const headers = new Headers();
	for (let i = 0; i < message.rawHeaders.length; i += 2) headers.append(message.rawHeaders[i], message.rawHeaders[i + 1]);
	const init = { status, statusText: message.statusMessage, headers };
	if (method === 'HEAD' || WITHOUT_BODY.has(status)) {
		message.resume();
		return new Response(null, init);
	}
	const decoder = DECODERS[/** @type {keyof typeof DECODERS} */ (headers.get('content-encoding')?.toLowerCase() ?? '')]?.();
	const body = decoder ? message.on('error', (error) => decoder.destroy(error)).pipe(decoder) : message;
	return new Response(/** @type {any} */ (Readable.toWeb(body)), init);
}

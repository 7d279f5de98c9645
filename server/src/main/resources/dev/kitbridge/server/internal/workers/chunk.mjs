// A chunk of a response's body as bytes.
import { Buffer } from 'node:buffer';
import { isUint8Array } from 'node:util/types';

/**
 * Returns the bytes of a chunk. It accepts a string too, as Node's `response.write` does.
 *
 * @param {unknown} chunk
 * @returns {Uint8Array}
 * @throws {TypeError} for anything else
 */
export function bytes(chunk) {
	if (isUint8Array(chunk)) {
		const prototype = Object.getPrototypeOf(chunk);
		// a subclass in the app may return any length
		return prototype === Uint8Array.prototype || prototype === Buffer.prototype ? chunk : new Uint8Array(chunk);
	}
	if (typeof chunk === 'string') return Buffer.from(chunk);
	const error = new TypeError(`A chunk of a response's body is ${kind(chunk)}; expected a string or a Uint8Array`);
	throw Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

/** @param {unknown} value */
function kind(value) {
	if (value === null || value === undefined) return String(value);
	return typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1) : `a ${typeof value}`;
}

// Converts JavaScript values to JSON and back; Values.java is the other end, and reads them as its declared types. A value of Java
// that has no JSON type arrives as a string that begins with NUL and a letter.
import { Buffer } from 'node:buffer';

/** Limit of nested values, as in Values.java. */
const MAX_DEPTH = 100;

/**
 * Returns arguments as a JSON array: Date as ISO 8601, bigint as a number, bytes as Base64, Map and Set as object and array.
 * @param {unknown[]} args
 */
export function encode(args) {
	let text = '[';
	for (let i = 0; i < args.length; i++) text += (i ? ',' : '') + json(args[i], 0);
	return `${text}]`;
}

/** @param {unknown} value @param {number} depth @returns {string} */
function json(value, depth) {
	switch (typeof value) {
		case 'string':
			return JSON.stringify(value);
		case 'number':
			return Number.isFinite(value) ? String(value) : `"${value}"`;
		case 'boolean':
		case 'bigint':
			return String(value);
		case 'undefined':
			return 'null';
		case 'object':
			return value === null ? 'null' : object(value, depth + 1);
		default:
			throw new TypeError(`a ${typeof value} cannot be sent to a Java service`);
	}
}

/** @param {any} value @param {number} depth @returns {string} */
function object(value, depth) {
	if (depth > MAX_DEPTH) throw new TypeError(`a value that contains itself, or is more than ${MAX_DEPTH} levels deep, cannot be sent to a Java service`);
	// unlike `map`, this does not skip the holes of a sparse array
	if (Array.isArray(value)) return `[${Array.from(value, (item) => json(item, depth)).join(',')}]`;
	if (value instanceof Date) {
		if (Number.isNaN(value.getTime())) throw new TypeError('an invalid Date cannot be sent to a Java service');
		return `"${value.toISOString()}"`;
	}
	if (value instanceof Set) return object([...value], depth);
	if (value instanceof Map) return members([...value], depth);
	if (value instanceof ArrayBuffer) return `"${Buffer.from(value).toString('base64')}"`;
	if (ArrayBuffer.isView(value)) {
		return `"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}"`;
	}
	if (typeof value.toJSON === 'function') return json(value.toJSON(), depth);
	if (value instanceof String || value instanceof Number || value instanceof Boolean) return json(value.valueOf(), depth);
	return members(Object.entries(value), depth);
}

/** @param {[any, unknown][]} entries @param {number} depth */
function members(entries, depth) {
	let text = '';
	for (const [name, value] of entries) {
		if (value === undefined) continue;
		const key = name instanceof Date ? name.toISOString() : String(name);
		text += `${text ? ',' : ''}${JSON.stringify(key)}:${json(value, depth)}`;
	}
	return `{${text}}`;
}

/** @param {string} text */
export function decode(text) {
	if (text === '') return undefined;
	// only a string with NUL can be a tagged value
	return text.includes('\\u0000') ? JSON.parse(text, revive) : JSON.parse(text);
}

/** Values by their tags. @type {Record<string, (text: string) => unknown>} */
const TAGGED = {
	n: (text) => BigInt(text),
	d: (text) => new Date(Number(text)),
	b: (text) => new Uint8Array(Buffer.from(text, 'base64')),
	f: (text) => Number(text)
};

/** @param {string} _ @param {unknown} value */
function revive(_, value) {
	if (typeof value !== 'string' || value[0] !== '\0') return value;
	if (value[1] === '\0') return value.slice(1);
	const tagged = TAGGED[value[1]];
	if (!tagged) throw new SyntaxError('a service sent a string with an unknown tag');
	return tagged(value.slice(2));
}

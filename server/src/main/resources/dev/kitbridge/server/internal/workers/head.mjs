// Status and headers of a response, checked as Node's `ServerResponse` checks them. A hook may return an object that is not a
// `Response`, and the Fetch standard allows characters in a value that HTTP forbids.

/** RFC 9110, 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** RFC 9110, 5.5. The link carries ISO 8859-1: a character beyond it could become a line feed. */
const NOT_IN_A_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Responses without content (RFC 9110, 15.3.5 and 15.4.5). */
const WITHOUT_CONTENT = new Set([204, 304]);

/**
 * @typedef {object} Head
 * @property {string} text status, names and values, separated by NUL; without `content-length`
 * @property {number} length the app's `content-length`; -1 if it has none, NaN if it is not a number
 * @property {boolean} empty whether a response with this status has no content
 * @property {string} announced the app's `content-length` as it was set
 */

/**
 * Reads the head of a response.
 *
 * @param {Response} response
 * @param {number} limit largest size of names and values in bytes
 * @returns {Head}
 * @throws {Error} if it cannot be sent over HTTP
 */
export function read_head(response, limit) {
	const status = Math.trunc(Number(response.status));
	if (!(status >= 200 && status <= 999)) {
		throw failure('ERR_HTTP_INVALID_STATUS_CODE', `A response has the status ${status}; expected 200 to 999`);
	}
	let text = `${status}`;
	let announced = '';
	let length = -1;
	for (const [name, value] of response.headers) {
		for (const one of Array.isArray(value) ? value : [value]) {
			const field = check(name, one);
			if (field === 'content-length') {
				announced = String(one);
				length = /^\d{1,15}$/.test(announced) ? Number(announced) : NaN;
				continue;
			}
			// the server decides how a body is framed
			if (field === 'transfer-encoding') continue;
			text += `\0${field}\0${one}`;
			// nginx would buffer the events
			if (field === 'content-type' && one === 'text/event-stream') text += '\0x-accel-buffering\0no';
		}
	}
	if (text.length > limit) {
		throw failure(
			'ERR_HTTP_HEADERS_TOO_LARGE',
			`The headers of a response have ${text.length} bytes; RESPONSE_HEADERS_LIMIT allows ${limit}`
		);
	}
	return { text, length, announced, empty: WITHOUT_CONTENT.has(status) };
}

/** @param {string} name @param {unknown} value @returns {string} the name in lower case */
function check(name, value) {
	if (!TOKEN.test(name)) {
		throw failure('ERR_INVALID_HTTP_TOKEN', `A response has a header named ${JSON.stringify(name)}, which is not a token`);
	}
	if (value === undefined) throw failure('ERR_HTTP_INVALID_HEADER_VALUE', `The response header ${name} is undefined`);
	const found = NOT_IN_A_VALUE.exec(/** @type {string} */ (value));
	if (!found) return name.toLowerCase();
	const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
	throw failure('ERR_INVALID_CHAR', `The response header ${name} holds the character U+${code}, which HTTP forbids`);
}

/** @param {string} code Node's, for the same failure @param {string} message */
function failure(code, message) {
	return Object.assign(new TypeError(message), { code });
}

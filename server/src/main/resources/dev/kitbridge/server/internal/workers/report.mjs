// Texts of errors, which may be values of any kind.

/** Limit of an error's message that is sent to the server, in characters. */
const MAX_REASON = 1000;

/** @param {string} what @param {unknown} error any value: it may throw when it is formatted */
export function report(what, error) {
	try {
		console.error(what, error);
	} catch {
		console.error(what, 'an error that cannot be formatted');
	}
}

/** Returns the message for the server. @param {unknown} error */
export function reason(error) {
	let text = 'an error without a message';
	try {
		text = String(error instanceof Error ? error.message : error);
	} catch {
		// an object without a prototype, for example
	}
	return text.slice(0, MAX_REASON).replace(/[^\x20-\x7e]/g, '?');
}

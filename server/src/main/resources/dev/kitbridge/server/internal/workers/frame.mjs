// The frames of the link; Frame.java documents them.
import { Buffer } from 'node:buffer';

/** Version of the format, `VERSION` in Frame.java; a change of the frames increases both. */
export const VERSION = 4;

export const REQUEST = 1;
export const DATA = 2;
export const END = 3;
export const CANCEL = 4;
export const CREDIT = 5;
export const PING = 6;
export const SHUTDOWN = 7;
export const READY = 8;
export const HEAD = 9;
export const ANSWER = 10;
export const RESET = 11;
export const PONG = 12;
export const REVALIDATE = 13;
export const REVALIDATED = 14;

export const HEADER = 9;
export const WINDOW = 256 * 1024;
/** Limit of the bytes of a body in one frame. */
export const MAX_DATA = 64 * 1024;

/** @param {number} type @param {number} id @param {number} length */
export function frame(type, id, length) {
	const buffer = Buffer.allocUnsafe(HEADER + length);
	buffer.writeUInt32BE(length, 0);
	buffer[4] = type;
	buffer.writeUInt32BE(id, 5);
	return buffer;
}

/** @param {number} type @param {number} id @param {string} text */
export function text_frame(type, id, text) {
	const buffer = frame(type, id, text.length);
	buffer.latin1Write(text, HEADER);
	return buffer;
}

// Frames over a socket; ServiceFrame.java documents their types.
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import process from 'node:process';

/** Version of the protocol, `VERSION` in ServiceFrame.java; a change of the frames increases both. */
export const VERSION = 2;

export const OPEN = 1;
export const CALL = 2;
export const CANCEL = 3;
export const CREDIT = 4;
export const CLOSE = 5;
export const RESULT = 6;
export const ERROR = 7;
export const STREAM = 8;
export const ITEM = 9;
export const END = 10;
export const HELLO = 11;
export const REVALIDATE = 12;
export const REVALIDATED = 13;

const HEADER = 9;

/**
 * Returns a frame.
 * @param {number} type
 * @param {number} id
 * @param {string} text payload
 * @param {number} [before] a number of four bytes that precedes the text
 */
export function frame(type, id, text, before) {
	const start = before === undefined ? HEADER : HEADER + 4;
	const length = Buffer.byteLength(text);
	const buffer = Buffer.allocUnsafe(start + length);
	buffer.writeUInt32BE(start - HEADER + length, 0);
	buffer[4] = type;
	buffer.writeUInt32BE(id, 5);
	if (before !== undefined) buffer.writeUInt32BE(before, HEADER);
	buffer.utf8Write(text, start);
	return buffer;
}

/** The connection to the services: sends and receives frames. */
export class Wire {
	/** Received parts of an incomplete frame. @type {Buffer[]} */
	parts = [];
	/** Bytes in `parts`. */
	size = 0;
	/** Number of bytes that complete the header or the frame. */
	needed = HEADER;
	corked = false;

	/**
	 * @param {string | import('node:net').Socket} address path of a socket, or a port; or an open connection, which needs no secret
	 * @param {string} secret
	 * @param {{ opened: () => void, frame: (type: number, id: number, payload: Buffer) => void, lost: (error?: Error) => void }} owner
	 * @param {boolean} has_page_cache
	 */
	constructor(address, secret, owner, has_page_cache) {
		this.owner = owner;
		if (typeof address === 'string') {
			this.socket = connect(/^\d+$/.test(address) ? { host: '127.0.0.1', port: Number(address) } : { path: address });
			this.socket.write(secret, 'latin1');
			this.socket.on('connect', () => owner.opened());
		} else {
			this.socket = address;
			process.nextTick(() => owner.opened());
		}
		this.socket.setNoDelay(true);
		this.socket.write(frame(HELLO, 0, has_page_cache ? 'c' : '', VERSION));
		/** @type {Error | undefined} */
		let failure;
		this.socket.on('data', (chunk) => this.receive(chunk));
		this.socket.on('error', (error) => (failure = error));
		this.socket.on('close', () => owner.lost(failure));
		// the connection must not keep the process running
		this.socket.unref();
	}

	/** Sends the frames of one turn of the event loop together. @param {Buffer} frame */
	send(frame) {
		if (!this.corked) {
			this.corked = true;
			this.socket.cork();
			process.nextTick(() => {
				this.corked = false;
				this.socket.uncork();
			});
		}
		if (this.socket.writable) this.socket.write(frame);
	}

	/** @param {Buffer} chunk */
	receive(chunk) {
		this.parts.push(chunk);
		this.size += chunk.length;
		if (this.size < this.needed) return;
		const data = this.parts.length === 1 ? chunk : Buffer.concat(this.parts);
		let at = 0;
		this.needed = HEADER;
		while (data.length - at >= HEADER) {
			const end = at + HEADER + data.readUInt32BE(at);
			if (end > data.length) {
				this.needed = end - at;
				break;
			}
			this.owner.frame(data[at + 4], data.readUInt32BE(at + 5), data.subarray(at + HEADER, end));
			at = end;
		}
		this.parts = at < data.length ? [data.subarray(at)] : [];
		this.size = data.length - at;
	}

	close() {
		this.socket.destroy();
	}
}

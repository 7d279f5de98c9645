// A worker: the app's server behind one socket. Frame.java says what goes over it. Bundled with the app by Vite, so that
// kit's modules exist once.
import { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { SvelteKitError } from '@sveltejs/kit/internal';

const REQUEST = 1;
const DATA = 2;
const END = 3;
const CANCEL = 4;
const CREDIT = 5;
const PING = 6;
const SHUTDOWN = 7;
const READY = 8;
const HEAD = 9;
const ANSWER = 10;
const RESET = 11;
const PONG = 12;

const HEADER = 9;
const WINDOW = 256 * 1024;
/** Bodies go in pieces of at most this size. */
const PIECE = 64 * 1024;
/** Status and headers of a response; the other side takes frames of a window and this. */
const LARGEST_HEAD = 64 * 1024 - 4;

/** Headers of which the first counts, as in Node; the lines of others are joined. */
const SINGLE = new Set(
	(
		'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since ' +
		'last-modified location max-forwards proxy-authorization referer retry-after server user-agent'
	).split(' ')
);

/**
 * What the standard refuses, and Bun's `Request` does not; and methods that Bun does not know, which it takes for GET.
 * @param {Request} request @param {string} method
 */
const is_forbidden = process.versions.bun
	? (request, method) =>
			request.method.toUpperCase() !== method.toUpperCase() ||
			/^(CONNECT|TRACE|TRACK)$/i.test(method) ||
			/^[^/]*\/\/[^/?#]*@/.test(request.url)
	: () => false;

/**
 * Starts the app, then answers until the other side is gone.
 * @param {import('@sveltejs/kit').Server} server
 * @param {URL} client folder that `read` reads from
 */
export async function run(server, client) {
	const address = take('KITBRIDGE_LINK');
	const secret = take('KITBRIDGE_SECRET');
	const body_limit = Number(take('KITBRIDGE_BODY_LIMIT'));
	// the server decides when it is over; Ctrl-C reaches all processes of a terminal
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => {});

	const folder = fileURLToPath(client);
	await server.init({
		env: /** @type {any} */ (process.env),
		read: (file) => /** @type {any} */ (Readable.toWeb(createReadStream(folder + file)))
	});

	const socket = connect(/^\d+$/.test(address) ? { host: '127.0.0.1', port: Number(address) } : { path: address });
	socket.setNoDelay(true);
	socket.write(secret, 'latin1');
	new Link(server, socket, body_limit).open();
}

/** @param {string} name */
function take(name) {
	const value = process.env[name] ?? '';
	delete process.env[name];
	return value;
}

/** @param {number} type @param {number} id @param {number} length */
function frame(type, id, length) {
	const buffer = Buffer.allocUnsafe(HEADER + length);
	buffer.writeUInt32BE(length, 0);
	buffer[4] = type;
	buffer.writeUInt32BE(id, 5);
	return buffer;
}

/** @param {number} type @param {number} id @param {string} text */
function text_frame(type, id, text) {
	const buffer = frame(type, id, text.length);
	buffer.latin1Write(text, HEADER);
	return buffer;
}

class Link {
	/** @type {Map<number, Exchange>} */
	exchanges = new Map();
	/** @type {Buffer | null} */
	rest = null;
	/** Answers that wait for the end of this turn of the event loop. @type {Exchange[]} */
	finished = [];

	/** @param {import('@sveltejs/kit').Server} server @param {import('node:net').Socket} socket @param {number} body_limit */
	constructor(server, socket, body_limit) {
		this.server = server;
		this.socket = socket;
		this.body_limit = body_limit;
	}

	open() {
		this.write(frame(READY, 0, 0));
		this.socket.on('data', (chunk) => this.receive(chunk));
		this.socket.on('error', () => process.exit(1));
		this.socket.on('end', () => process.exit(0));
	}

	/** @param {Buffer} chunk */
	receive(chunk) {
		const data = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
		let at = 0;
		while (data.length - at >= HEADER) {
			const end = at + HEADER + data.readUInt32BE(at);
			if (end > data.length) break;
			this.frame(data[at + 4], data.readUInt32BE(at + 5), data.subarray(at + HEADER, end));
			at = end;
		}
		this.rest = at < data.length ? data.subarray(at) : null;
	}

	/** @param {number} type @param {number} id @param {Buffer} payload */
	frame(type, id, payload) {
		if (type === REQUEST) return this.begin(id, payload);
		if (type === PING) return this.pong();
		if (type === SHUTDOWN) return this.shutdown(payload.latin1Slice());
		const exchange = this.exchanges.get(id);
		if (!exchange) return;
		if (type === DATA) exchange.upload?.data(payload);
		else if (type === END) exchange.upload?.end();
		else if (type === RESET) exchange.upload?.fail(new Error(payload.latin1Slice()));
		else if (type === CREDIT) exchange.credit(payload.readUInt32BE(0));
		else if (type === CANCEL) exchange.cancel();
	}

	/** @param {number} id @param {Buffer} payload */
	begin(id, payload) {
		const [method, url, has_body, address, platform, ...fields] = payload.latin1Slice().split('\0');
		const exchange = new Exchange(this, id);
		this.exchanges.set(id, exchange);
		if (has_body) exchange.upload = new Upload(this, id, fields, this.body_limit);
		exchange.respond(method, url, fields, address, platform);
	}

	pong() {
		const heap = getHeapStatistics();
		const buffer = frame(PONG, 0, 24);
		buffer.writeBigUInt64BE(BigInt(heap.used_heap_size), HEADER);
		buffer.writeBigUInt64BE(BigInt(heap.heap_size_limit), HEADER + 8);
		buffer.writeBigUInt64BE(BigInt(process.memoryUsage.rss()), HEADER + 16);
		this.write(buffer);
	}

	/** @param {string} reason */
	shutdown(reason) {
		for (const exchange of [...this.exchanges.values()]) exchange.cancel();
		// from here on the app's handlers decide when it is over
		this.socket.removeAllListeners('end').removeAllListeners('error');
		this.socket.on('error', () => {});
		this.socket.end();
		// an app that leaves timers running would never end
		this.socket.unref();
		// @ts-expect-error kit's own event
		process.emit('sveltekit:shutdown', reason);
	}

	/** @param {Buffer} buffer */
	write(buffer) {
		if (this.socket.writable) this.socket.write(buffer);
	}

	/** Answers of one turn go out together. @param {Exchange} exchange */
	finish(exchange) {
		if (this.finished.push(exchange) === 1) setImmediate(() => this.flush());
	}

	flush() {
		const exchanges = this.finished;
		this.finished = [];
		this.socket.cork();
		for (const exchange of exchanges) exchange.flush();
		this.socket.uncork();
	}
}

class Exchange {
	/** @type {Upload | null} */
	upload = null;
	/** @type {AbortController | null} */
	controller = new AbortController();
	/** @type {ReadableStreamDefaultReader<Uint8Array> | null} */
	reader = null;
	/** @type {Uint8Array[]} */
	chunks = [];
	head = '';
	has_length = false;
	/** Bytes in `chunks`. */
	size = 0;
	window = WINDOW;
	complete = false;
	head_sent = false;
	flushing = false;
	cancelled = false;
	/** @type {(() => void) | null} */
	resume = null;

	/** @param {Link} link @param {number} id */
	constructor(link, id) {
		this.link = link;
		this.id = id;
	}

	/** @param {string} method @param {string} url @param {string[]} fields @param {string} address @param {string} platform */
	async respond(method, url, fields, address, platform) {
		/** @type {Request} */
		let request;
		try {
			/** @type {[string, string][]} */
			const headers = [];
			for (let i = 0; i < fields.length; i += 2) {
				if (SINGLE.has(fields[i]) && headers.some(([name]) => name === fields[i])) continue;
				headers.push([fields[i], fields[i + 1]]);
			}
			request = new Request(url, {
				method,
				headers,
				signal: this.controller?.signal,
				body: this.upload?.stream,
				// @ts-expect-error the type does not know it
				duplex: 'half'
			});
			if (is_forbidden(request, method)) throw new TypeError(method);
		} catch {
			return this.answer(new Response(Buffer.from('Bad Request'), { status: 400 }));
		}
		try {
			const response = await this.link.server.respond(request, {
				platform: platform ? JSON.parse(platform) : {},
				getClientAddress: () => {
					if (address[0] === '\n') throw new Error(address.slice(1));
					return address;
				}
			});
			this.answer(response);
		} catch (error) {
			console.error(error);
			this.plain(500, 'Internal Error');
		}
	}

	/** @param {number} status @param {string} text */
	plain(status, text) {
		this.answer(new Response(text, { status, headers: { 'content-type': 'text/plain' } }));
	}

	/** @param {Response} response */
	answer(response) {
		if (this.cancelled) {
			void response.body?.cancel().catch(() => {});
			return;
		}
		let head = `${response.status}`;
		for (const [name, value] of response.headers) {
			head += `\0${name}\0${value}`;
			if (name === 'content-length') this.has_length = true;
			// a proxy would hold the events back
			else if (name === 'content-type' && value === 'text/event-stream') head += '\0x-accel-buffering\0no';
		}
		if (head.length > LARGEST_HEAD) {
			console.error(new Error(`The headers of a response have ${head.length} bytes; expected ${LARGEST_HEAD} at most`));
			void response.body?.cancel().catch(() => {});
			this.has_length = false;
			return this.plain(500, 'Internal Error');
		}
		this.head = head;
		if (!response.body) {
			this.complete = true;
			this.schedule();
			return;
		}
		if (response.body.locked) {
			console.error(new Error('The body of a response was read before the response was returned'));
			this.plain(500, 'Internal Error');
			return;
		}
		this.reader = response.body.getReader();
		// what is there at the end of this turn has its length known; a stream goes on
		this.schedule();
		void this.read(this.reader);
	}

	/** @param {ReadableStreamDefaultReader<Uint8Array>} reader */
	async read(reader) {
		try {
			for (;;) {
				const { done, value } = await reader.read();
				if (this.cancelled) return;
				if (done) break;
				this.chunks.push(value);
				this.size += value.byteLength;
				if (this.head_sent) this.schedule();
				// a body in one piece has a length, however large it is: the end is looked for before the head is sent
				if (this.size >= this.window && (this.head_sent || this.chunks.length > 1)) await new Promise((fulfil) => (this.resume = () => fulfil(undefined)));
			}
			this.complete = true;
			this.schedule();
		} catch (error) {
			if (this.cancelled) return;
			this.flush();
			this.end(text_frame(RESET, this.id, latin1(error)));
		}
	}

	schedule() {
		if (this.flushing) return;
		this.flushing = true;
		this.link.finish(this);
	}

	flush() {
		this.flushing = false;
		if (this.cancelled) return;
		if (!this.head_sent && this.complete && this.size <= WINDOW) {
			this.link.exchanges.delete(this.id);
			return this.whole();
		}
		if (!this.head_sent) {
			if (this.complete && !this.has_length) this.head += `\0content-length\0${this.size}`;
			this.link.write(text_frame(HEAD, this.id, this.head));
			this.head_sent = true;
		}
		while (this.chunks.length > 0 && this.window > 0) this.piece();
		if (this.chunks.length > 0) return;
		if (this.complete) this.end(frame(END, this.id, 0));
		else this.resume?.();
	}

	/** Sends the head and all that there is in one frame. */
	whole() {
		const head = this.has_length ? this.head : `${this.head}\0content-length\0${this.size}`;
		const buffer = frame(ANSWER, this.id, 4 + head.length + this.size);
		buffer.writeUInt32BE(head.length, HEADER);
		buffer.latin1Write(head, HEADER + 4);
		let at = HEADER + 4 + head.length;
		for (const chunk of this.chunks) {
			buffer.set(chunk, at);
			at += chunk.byteLength;
		}
		this.link.write(buffer);
	}

	/** Sends as much of the first chunk as the window allows. */
	piece() {
		const chunk = this.chunks[0];
		const length = Math.min(chunk.byteLength, this.window, PIECE);
		const buffer = frame(DATA, this.id, length);
		buffer.set(chunk.subarray(0, length), HEADER);
		this.link.write(buffer);
		if (length < chunk.byteLength) this.chunks[0] = chunk.subarray(length);
		else this.chunks.shift();
		this.window -= length;
		this.size -= length;
	}

	/** @param {number} bytes */
	credit(bytes) {
		this.window += bytes;
		if (this.head_sent) this.schedule();
	}

	cancel() {
		if (this.cancelled) return;
		this.cancelled = true;
		this.controller?.abort();
		this.upload?.fail(new Error('The client has gone away'));
		this.reader?.cancel().catch(() => {});
		this.resume?.();
		this.end(text_frame(RESET, this.id, 'cancelled'));
	}

	/** @param {Buffer} last */
	end(last) {
		this.link.exchanges.delete(this.id);
		this.link.write(last);
	}
}

/** A request's body; kit's `getRequest` has the same rules. */
class Upload {
	size = 0;
	ended = false;
	/** Bytes that the app has taken since the other side was told. */
	taken = 0;
	/** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
	controller;

	/** @param {Link} link @param {number} id @param {string[]} fields @param {number} limit */
	constructor(link, id, fields, limit) {
		this.link = link;
		this.id = id;
		this.limit = limit;
		this.length = NaN;
		for (let i = 0; i < fields.length; i += 2) {
			if (fields[i].toLowerCase() === 'content-length') this.length = Number(fields[i + 1]);
		}
		this.stream = new ReadableStream(
			{
				start: (controller) => {
					this.controller = controller;
					if (this.length > limit) {
						this.fail(too_large(`Content-length of ${this.length} exceeds limit of ${limit} bytes.`));
					}
				},
				pull: () => this.pulled(),
				cancel: () => {
					this.ended = true;
				}
			},
			{ highWaterMark: PIECE, size: (chunk) => chunk.byteLength }
		);
	}

	/** @param {Buffer} payload */
	data(payload) {
		this.taken += payload.length;
		if (this.ended) return this.pulled();
		this.size += payload.length;
		if (this.size > this.limit) {
			return this.fail(too_large(`request body size exceeded BODY_SIZE_LIMIT of ${this.limit}`));
		}
		// the payload is part of a larger buffer, which the app must not see
		this.controller?.enqueue(new Uint8Array(payload));
		if (Number(this.controller?.desiredSize) > 0) this.pulled();
	}

	/** The app wants more. */
	pulled() {
		if (this.taken === 0) return;
		const buffer = frame(CREDIT, this.id, 4);
		buffer.writeUInt32BE(this.taken, HEADER);
		this.taken = 0;
		this.link.write(buffer);
	}

	end() {
		if (this.ended) return;
		this.ended = true;
		this.controller?.close();
	}

	/** @param {Error} error */
	fail(error) {
		if (this.ended) return;
		this.ended = true;
		this.controller?.error(error);
	}
}

/** @param {string} message */
function too_large(message) {
	return new SvelteKitError(413, 'Payload Too Large', message);
}

/** @param {unknown} error */
function latin1(error) {
	return String(error instanceof Error ? error.message : error).replace(/[^\x20-\x7e]/g, '?');
}

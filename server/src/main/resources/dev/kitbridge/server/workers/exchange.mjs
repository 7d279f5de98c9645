// One request within the app, and its response on the way back.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { ANSWER, DATA, END, frame, HEAD, HEADER, PIECE, RESET, text_frame, WINDOW } from './frame.mjs';

/** Status and headers of a response; the other side takes frames of a window and this. */
const LARGEST_HEAD = 64 * 1024 - 4;

/** Of a request without a platform of its own. @type {any} */
const NOTHING = {};

/** What others send goes into logs. */
const REQUEST_ID = /^[\w.:+/=-]{1,128}$/;

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

export class Exchange {
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
	/** Its calls of Java services. @type {ReturnType<import('./link.mjs').Link['services']['request']> | null} */
	calls = null;

	/** @param {Link} link @param {number} id */
	constructor(link, id) {
		this.link = link;
		this.id = id;
	}

	/**
	 * @param {string} method
	 * @param {string} url
	 * @param {string[]} fields names and values of the headers
	 * @param {string} address of the client, or a line feed and why it is not known
	 * @param {string} protocol
	 * @param {string} platform JSON: `values`, `attributes` and `principal`
	 */
	async respond(method, url, fields, address, protocol, platform) {
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
				platform: this.platform(request, address, protocol, platform),
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

	/** What the app sees as `event.platform`. @param {Request} request @param {string} address @param {string} protocol @param {string} platform */
	platform(request, address, protocol, platform) {
		const { values, attributes, principal } = platform ? JSON.parse(platform) : NOTHING;
		const { headers, method } = request;
		this.calls = this.link.services.request({
			// asked for by the first call, and most requests have none
			get id() {
				return REQUEST_ID.exec(headers.get('x-request-id') ?? '')?.[0];
			},
			get traceparent() {
				return headers.get('traceparent') ?? undefined;
			},
			get language() {
				return headers.get('accept-language') ?? undefined;
			},
			principal,
			attributes,
			request: { method, address: address[0] === '\n' ? undefined : address, protocol }
		});
		return values ? Object.assign(values, this.calls.platform) : this.calls.platform;
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
			this.calls?.finish();
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
		this.calls?.cancel();
		this.upload?.fail(new Error('The client has gone away'));
		this.reader?.cancel().catch(() => {});
		this.resume?.();
		this.end(text_frame(RESET, this.id, 'cancelled'));
	}

	/** @param {Buffer} last */
	end(last) {
		this.link.exchanges.delete(this.id);
		this.calls?.finish();
		this.link.write(last);
	}
}

/** @param {unknown} error */
function latin1(error) {
	return String(error instanceof Error ? error.message : error).replace(/[^\x20-\x7e]/g, '?');
}

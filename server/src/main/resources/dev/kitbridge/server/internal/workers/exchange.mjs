// One request to the app, and its response.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { CacheReport } from './cacheable.mjs';
import { bytes } from './chunk.mjs';
import { ANSWER, DATA, END, frame, HEAD, HEADER, MAX_DATA, RESET, text_frame, WINDOW } from './frame.mjs';
import { read_head } from './head.mjs';
import { within } from './loopback.mjs';
import { ObservedMembers } from './observed.mjs';
import { page_cache } from './page-cache.mjs';
import { reason, report } from './report.mjs';

/** Limit of a payload, `Frame.LARGEST`. */
const LARGEST = WINDOW + MAX_DATA;

/** Stands for the members that a front did not set. @type {any} */
const NO_MEMBERS = {};

/** Request ids that are safe in a log. */
const REQUEST_ID = /^[\w.:+/=-]{1,128}$/;

/** Headers of which only the first field is used, as in Node; the fields of others are joined. */
const SINGLE = new Set(
	(
		'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since ' +
		'last-modified location max-forwards proxy-authorization referer retry-after server user-agent'
	).split(' ')
);

/**
 * Methods that the Fetch standard rejects and Bun's `Request` accepts, and methods that Bun does not know and treats as GET.
 * @param {Request} request @param {string} method
 */
const is_forbidden = process.versions.bun
	? (request, method) =>
			request.method.toUpperCase() !== method.toUpperCase() ||
			/^(CONNECT|TRACE|TRACK)$/i.test(method) ||
			/^[^/]*\/\/[^/?#]*@/.test(request.url)
	: () => false;

/** @type {import('./head.mjs').Head} */
const INTERNAL_ERROR = { text: '500\0content-type\0text/plain', length: -1, announced: '', empty: false };

export class Exchange {
	/** @type {Upload | null} */
	upload = null;
	/** @type {AbortController | null} */
	controller = new AbortController();
	/** Of the response. @type {ReadableStream<unknown> | null} */
	body = null;
	/** @type {ReadableStreamDefaultReader<unknown> | null} */
	reader = null;
	/** @type {Uint8Array[]} */
	chunks = [];
	/** Bytes in `chunks`. */
	size = 0;
	/** @type {import('./head.mjs').Head} */
	head = INTERNAL_ERROR;
	/** Number of remaining bytes; Infinity unless the sent head has a `content-length`. */
	left = Infinity;
	window = WINDOW;
	complete = false;
	head_sent = false;
	flushing = false;
	/** Whether the last frame was sent. */
	ended = false;
	method = '';
	url = '';
	/** @type {(() => void) | null} */
	resume = null;
	/** The server's own address, if it answers paths that are no routes. @type {import('./loopback.mjs').Loopback | undefined} */
	loopback;
	/** Members of `event.platform` whose use the server has to know. @type {ObservedMembers | null} */
	observed = null;
	/** Set if the page cache may keep the response. @type {CacheReport | null} */
	cache = null;
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
	 * @param {string} address of the client, or a line feed and the reason why it is unknown
	 * @param {string} protocol
	 * @param {string} platform JSON: `values`, `observed`, `attributes`, `principal`, `context`, `loopback` and `cache`
	 */
	async respond(method, url, fields, address, protocol, platform) {
		this.method = method;
		this.url = url;
		try {
			const request = this.request(method, url, fields);
			if (!request) return this.answer(new Response(Buffer.from('Bad Request'), { status: 400 }));
			const options = {
				platform: this.platform(request, address, protocol, platform),
				before_handle: this.cache?.before_handle,
				getClientAddress: () => {
					this.cache?.read.add('address');
					if (address[0] === '\n') throw new Error(address.slice(1));
					return address;
				}
			};
			const respond = () => this.link.server.respond(request, options, this.cache);
			// the front answers such a fetch for the visitor
			const used = () => void this.cache?.read.add('loopback');
			this.answer(await (this.loopback ? within(url, this.loopback, used, respond) : respond()));
		} catch (error) {
			this.fail(error);
		}
	}

	/** @param {string} method @param {string} url @param {string[]} fields @returns {Request | null} null if the Fetch standard forbids it */
	request(method, url, fields) {
		/** @type {[string, string][]} */
		const headers = [];
		for (let i = 0; i < fields.length; i += 2) {
			if (SINGLE.has(fields[i]) && headers.some(([name]) => name === fields[i])) continue;
			headers.push([fields[i], fields[i + 1]]);
		}
		try {
			const request = new Request(url, {
				method,
				headers,
				signal: this.controller?.signal,
				body: this.upload?.stream,
				// @ts-expect-error missing in the type
				duplex: 'half'
			});
			return is_forbidden(request, method) ? null : request;
		} catch {
			return null;
		}
	}

	/** Returns `event.platform` of the request. @param {Request} request @param {string} address @param {string} protocol @param {string} platform */
	platform(request, address, protocol, platform) {
		const { values, observed, attributes, principal, context, loopback, cache } = platform ? JSON.parse(platform) : NO_MEMBERS;
		const { headers, method } = request;
		this.calls = this.link.services.request({
			// created by the first call, since most requests make none
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
			context,
			request: { method, address: address[0] === '\n' ? undefined : address, protocol }
		});
		this.loopback = loopback;
		if (observed) this.observed = new ObservedMembers(values, observed);
		const members = values ? Object.assign(values, this.calls.platform) : this.calls.platform;
		if (cache) this.cache = new CacheReport();
		const value = page_cache(
			(tag) => this.cache?.tag(tag),
			(json) => this.link.revalidate(json)
		);
		// a member of the front may be a getter
		Object.defineProperty(members, 'cache', { value, enumerable: true, configurable: true, writable: true });
		return this.cache ? this.cache.observe(members) : members;
	}

	/** @param {Response} response */
	answer(response) {
		if (this.ended) {
			void response.body?.cancel().catch(() => {});
			return;
		}
		try {
			this.head = read_head(response, this.link.headers_limit);
		} finally {
			// after the headers: Bun drops the type of a Blob when its stream is accessed
			this.body = response.body;
		}
		const { body } = this;
		if (Number.isNaN(this.head.length)) {
			this.warn(`the content-length '${this.head.announced}', which is not a number; it is left out`);
			this.head.length = -1;
		}
		if (!body) {
			this.complete = true;
		} else if (body.locked) {
			throw new Error('The body of a response was read before the response was returned');
		} else if (this.head.empty) {
			void body.cancel().catch(() => {});
			this.complete = true;
		} else {
			this.reader = body.getReader();
			void this.read(this.reader);
		}
		// a body that is complete at the end of this turn has a known length; a stream continues
		this.schedule();
	}

	/** @param {ReadableStreamDefaultReader<unknown>} reader */
	async read(reader) {
		let empty = 0;
		try {
			for (;;) {
				const { done, value } = await reader.read();
				if (this.ended) return;
				if (done) break;
				const chunk = bytes(value);
				if (chunk.byteLength === 0) {
					// a source of empty chunks would block the event loop
					if (++empty > 1) await new Promise((fulfil) => setImmediate(fulfil));
					continue;
				}
				empty = 0;
				this.received(chunk.byteLength);
				this.chunks.push(chunk);
				this.size += chunk.byteLength;
				if (this.head_sent) this.schedule();
				// a body in one chunk has a known length, however large: read once more before the head is sent
				if (this.size >= this.window && (this.head_sent || this.chunks.length > 1)) {
					await new Promise((fulfil) => (this.resume = () => fulfil(undefined)));
				}
				if (this.ended) return;
			}
			if (this.left > 0 && this.left < Infinity) {
				throw new Error(`A response ended ${this.left} bytes before its content-length`);
			}
			this.complete = true;
			this.schedule();
		} catch (error) {
			this.fail(error);
		}
	}

	/** Counts the bytes of the body after the head was sent. @param {number} count */
	received(count) {
		this.left -= count;
		if (this.left < 0) throw new Error('A response has more bytes than its content-length');
	}

	schedule() {
		if (this.flushing) return;
		this.flushing = true;
		this.link.schedule(this);
	}

	flush() {
		this.flushing = false;
		if (this.ended) return;
		this.check_chunks();
		if (!this.head_sent) {
			const head = this.head.text + this.content_length() + (this.observed?.field() ?? '') + (this.cache?.fields() ?? '');
			if (this.complete && 4 + head.length + this.size <= LARGEST) return this.send_answer(head);
			this.link.write(text_frame(HEAD, this.id, head));
			this.head_sent = true;
		}
		while (this.chunks.length > 0 && this.window > 0) this.send_data();
		if (this.chunks.length > 0) return;
		if (this.complete) this.end(text_frame(END, this.id, this.cache?.end() ?? ''));
		else this.resume?.();
	}

	/** Rejects chunks whose memory the app has transferred or resized after it enqueued them. */
	check_chunks() {
		let size = 0;
		for (const chunk of this.chunks) size += chunk.byteLength;
		if (size === this.size) return;
		this.chunks = [];
		throw new Error('A chunk of a response was transferred or resized before it was sent');
	}

	/** Returns the `content-length` field, or an empty string. The app's own value is sent only if it can be correct (RFC 9110, 8.6). */
	content_length() {
		const { length, empty } = this.head;
		if (empty) return length >= 0 && this.head.text.startsWith('304') ? field(length) : '';
		// without a body, the length is that of the response to GET
		if (this.method === 'HEAD' && !(this.complete && this.reader)) return length >= 0 ? field(length) : '';
		const possible = this.complete ? length === this.size : length >= this.size;
		if (length >= 0 && !possible) {
			const size = `${this.size} bytes${this.complete ? '' : ' already'}`;
			this.warn(`the content-length ${length}, but its body has ${size}; it is corrected`);
		}
		if (this.complete) return field(this.size);
		if (!possible) return '';
		this.left = length - this.size;
		return field(length);
	}

	/** Sends the head and the complete body in one frame. @param {string} head */
	send_answer(head) {
		const buffer = frame(ANSWER, this.id, 4 + head.length + this.size);
		buffer.writeUInt32BE(head.length, HEADER);
		buffer.latin1Write(head, HEADER + 4);
		let at = HEADER + 4 + head.length;
		for (const chunk of this.chunks) {
			buffer.set(chunk, at);
			at += chunk.byteLength;
		}
		this.end(buffer);
	}

	/** Sends one frame with as many chunks as the window allows: an app may write byte by byte. */
	send_data() {
		const length = Math.min(this.size, this.window, MAX_DATA);
		const buffer = frame(DATA, this.id, length);
		let at = HEADER;
		let whole = 0;
		while (at < HEADER + length) {
			const chunk = this.chunks[whole];
			const part = chunk.subarray(0, HEADER + length - at);
			buffer.set(part, at);
			at += part.byteLength;
			if (part.byteLength === chunk.byteLength) whole++;
			else this.chunks[whole] = chunk.subarray(part.byteLength);
		}
		this.chunks.splice(0, whole);
		this.link.write(buffer);
		this.window -= length;
		this.size -= length;
	}

	/** @param {number} bytes */
	credit(bytes) {
		this.window += bytes;
		if (this.head_sent) this.schedule();
	}

	/** Called when the client has disconnected. */
	cancel() {
		if (this.ended) return;
		this.ended = true;
		this.calls?.cancel();
		this.upload?.fail(new Error('The client has disconnected'));
		this.abort();
		this.end(text_frame(RESET, this.id, 'cancelled'));
	}

	/**
	 * Handles every failure of a response: logs it and ends the exchange, with status 500 if the head was not sent yet.
	 * @param {unknown} error
	 */
	fail(error) {
		// the app may fail because its request was aborted
		if (this.ended) return;
		report(`${this.label} failed:`, error);
		this.abort();
		if (this.head_sent) {
			// Node would have written them already
			while (this.chunks.length > 0 && this.window > 0) this.send_data();
			return this.end(text_frame(RESET, this.id, reason(error)));
		}
		this.head = INTERNAL_ERROR;
		this.chunks = [Buffer.from('Internal Error')];
		this.size = this.chunks[0].byteLength;
		this.send_answer(INTERNAL_ERROR.text + field(this.size));
	}

	/** Aborts the app's request and cancels the body of its response, which is no longer read. */
	abort() {
		this.controller?.abort();
		try {
			void (this.reader ?? this.body)?.cancel().catch(() => {});
		} catch (error) {
			// the body is not a real stream
			report(`${this.label} cannot be cancelled:`, error);
		}
		this.resume?.();
	}

	/** @param {Buffer} last */
	end(last) {
		this.ended = true;
		this.link.exchanges.delete(this.id);
		this.calls?.finish();
		this.link.write(last);
	}

	/** @param {string} what member of the response that is not sent */
	warn(what) {
		console.error(`${this.label} has ${what}`);
	}

	/** Names the response in the log, without the query, which may contain secrets. */
	get label() {
		return `The answer to ${this.method} ${/^\w+:\/\/[^/]*([^?]*)/.exec(this.url)?.[1]}`;
	}
}

/** @param {number} length */
function field(length) {
	return `\0content-length\0${length}`;
}

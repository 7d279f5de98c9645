// The link to the server: receives frames and passes each to its exchange.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { getHeapStatistics } from 'node:v8';
import { Exchange } from './exchange.mjs';
import {
	CANCEL,
	CREDIT,
	DATA,
	END,
	frame,
	HEADER,
	PING,
	PONG,
	READY,
	REQUEST,
	RESET,
	REVALIDATE,
	REVALIDATED,
	SHUTDOWN,
	text_frame,
	VERSION
} from './frame.mjs';
import { Upload } from './upload.mjs';

export class Link {
	/** @type {Map<number, Exchange>} */
	exchanges = new Map();
	/** Received bytes of an incomplete frame. @type {Buffer | null} */
	rest = null;
	/** Exchanges whose frames are sent at the end of this turn of the event loop. @type {Exchange[]} */
	scheduled = [];
	/** Revalidations without a result. @type {Map<number, { fulfil: (result: any) => void, reject: (error: Error) => void }>} */
	revalidations = new Map();
	last_revalidation = 0;

	/**
	 * @param {{ respond: (request: Request, options: any, report: import('./cacheable.mjs').CacheReport | null) => Promise<Response> }} server kit's, or Vite's
	 * @param {ReturnType<typeof import('../services/services.mjs').connect>} services
	 * @param {import('node:net').Socket} socket
	 * @param {number} body_limit
	 * @param {number} headers_limit
	 * @param {(code: number) => void} [lost] called when the link closes, with the exit code of a worker
	 */
	constructor(server, services, socket, body_limit, headers_limit, lost = (code) => process.exit(code)) {
		this.server = server;
		this.services = services;
		this.socket = socket;
		this.body_limit = body_limit;
		this.headers_limit = headers_limit;
		this.lost = lost;
	}

	open() {
		const ready = frame(READY, 0, 4);
		ready.writeUInt32BE(VERSION, HEADER);
		this.write(ready);
		this.socket.on('data', (chunk) => this.receive(chunk));
		this.socket.on('error', () => this.lost(1));
		this.socket.on('end', () => this.lost(0));
		this.socket.on('close', () => this.fail_revalidations());
	}

	/** @param {string} json as `page_cache` sends it @returns {Promise<{ unreached: string[] }>} */
	revalidate(json) {
		return new Promise((fulfil, reject) => {
			const id = (this.last_revalidation = (this.last_revalidation + 1) >>> 0);
			this.revalidations.set(id, { fulfil, reject });
			if (this.socket.writable) this.write(text_frame(REVALIDATE, id, json));
			else this.fail_revalidations();
		});
	}

	/** @param {number} id @param {{ unreached: string[], error?: string }} result */
	revalidated(id, { unreached, error }) {
		const { fulfil, reject } = this.revalidations.get(id) ?? {};
		this.revalidations.delete(id);
		if (error) reject?.(new TypeError(`platform.cache.revalidate: ${error}`));
		else fulfil?.({ unreached });
	}

	fail_revalidations() {
		const failure = 'The connection to the server was lost during platform.cache.revalidate';
		for (const { reject } of this.revalidations.values()) reject(new Error(failure));
		this.revalidations.clear();
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
		if (type === REVALIDATED) return this.revalidated(id, JSON.parse(payload.latin1Slice()));
		if (type === SHUTDOWN) return this.shutdown(payload.latin1Slice());
		const exchange = this.exchanges.get(id);
		if (!exchange) return;
		try {
			this.deliver(exchange, type, payload);
		} catch (error) {
			exchange.fail(error);
		}
	}

	/** @param {Exchange} exchange @param {number} type @param {Buffer} payload */
	deliver(exchange, type, payload) {
		if (type === DATA) exchange.upload?.data(payload);
		else if (type === END) exchange.upload?.end();
		else if (type === RESET) exchange.upload?.fail(new Error(payload.latin1Slice()));
		else if (type === CREDIT) exchange.credit(payload.readUInt32BE(0));
		else if (type === CANCEL) exchange.cancel();
	}

	/** @param {number} id @param {Buffer} payload */
	begin(id, payload) {
		const [method, url, has_body, address, protocol, platform, ...fields] = payload.latin1Slice().split('\0');
		const exchange = new Exchange(this, id);
		this.exchanges.set(id, exchange);
		if (has_body) exchange.upload = new Upload(this, id, fields, this.body_limit);
		void exchange.respond(method, url, fields, address, protocol, platform);
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
		this.services.close();
		// the process exits when the app's shutdown handlers and timers have finished
		this.socket.removeAllListeners('end').removeAllListeners('error');
		this.socket.on('error', () => {});
		this.socket.end();
		// the socket must not keep the process running
		this.socket.unref();
		// @ts-expect-error kit's own event
		process.emit('sveltekit:shutdown', reason);
	}

	/** @param {Buffer} buffer */
	write(buffer) {
		if (this.socket.writable) this.socket.write(buffer);
	}

	/** Schedules an exchange: the frames of one turn are sent together. @param {Exchange} exchange */
	schedule(exchange) {
		if (this.scheduled.push(exchange) === 1) setImmediate(() => this.flush());
	}

	flush() {
		const exchanges = this.scheduled;
		this.scheduled = [];
		this.socket.cork();
		for (const exchange of exchanges) {
			try {
				exchange.flush();
			} catch (error) {
				exchange.fail(error);
			}
		}
		this.socket.uncork();
	}
}

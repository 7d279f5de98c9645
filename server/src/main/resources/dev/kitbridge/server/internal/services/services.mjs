// The client of Java services: what an app sees as `event.platform`. In a worker it is bundled with the app; in development
// it is a plain module of Node.
import { randomUUID } from 'node:crypto';
import { ItemStream } from './stream.mjs';
import { decode, encode } from './values.mjs';
import { CALL, CANCEL, CLOSE, CREDIT, END, ERROR, ITEM, message, OPEN, RESULT, STREAM, Wire } from './wire.mjs';

/**
 * The context of a request.
 * @typedef {{
 *   id?: string,
 *   traceparent?: string,
 *   language?: string,
 *   principal?: { name: string } | null,
 *   attributes?: Record<string, unknown>,
 *   request?: { method: string, address?: string, protocol?: string },
 *   failed?: (error: Error) => void
 * }} Context
 * `language` is the value of `accept-language`; a missing `id` is generated; `failed` is called with the error of each failed call
 */

/** Properties that the language reads itself; no service or method has such a name. */
const NOT_NAMES = new Set(['then', 'toJSON', 'constructor', 'prototype', '__proto__']);

/** Names of services and methods: Java identifiers that need no quotes in JavaScript (Service.java). */
const NAME = /^[\w$]{1,200}$/;

/** Pause between attempts to connect, in milliseconds. */
const PAUSE = 50;

/**
 * @param {object} options
 * @param {string} [options.address] path of a socket, or a port; without one there are no services
 * @param {string} [options.secret]
 * @param {() => Promise<{ address: string, secret: string }>} [options.locate] in place of both: asked before the first call of each
 *   request, since services that start again in development have another address; a call fails with the error that it throws
 * @param {(status: number, message: string) => never} [options.error] kit's own: makes an error page of an exception that has a status
 * @param {number} [options.patience] for how many milliseconds services may be away, while they start again for example
 * @param {(error?: Error) => void} [options.lost] called when they have gone away and there is no patience
 */
export function connect({ address = '', secret = '', locate, error, patience = 0, lost }) {
	return new Client(address, secret, locate, error, patience, lost);
}

class Client {
	/** @type {Map<number, Call>} */
	calls = new Map();
	last = 0;
	/** @type {Wire | null} */
	wire = null;
	connected = false;
	closed = false;
	/** Calls that wait for the connection. @type {Call[]} */
	waiting = [];
	/** Number of the connection: a request is announced on each connection that it uses. */
	connection = 0;
	since = 0;

	/** @param {string} address @param {string} secret @param {any} locate @param {any} error @param {number} patience @param {any} lost */
	constructor(address, secret, locate, error, patience, lost) {
		this.address = address;
		this.secret = secret;
		this.locate = locate;
		this.error = error;
		this.patience = patience;
		this.lost_all = lost;
		if (address) this.open();
	}

	open() {
		this.connection++;
		this.since ||= Date.now();
		const wire = new Wire(this.address, this.secret, {
			opened: () => this.wire === wire && this.opened(),
			frame: (type, id, payload) => this.wire === wire && this.frame(type, id, payload),
			lost: (error) => this.wire === wire && this.lost(error)
		});
		this.wire = wire;
	}

	/** Connects to the current address of services whose address changes. */
	async located() {
		const { address, secret } = await this.locate();
		if (address === this.address && secret === this.secret) return;
		const before = this.wire;
		if (before) this.lost_calls();
		this.address = address;
		this.secret = secret;
		this.connected = false;
		this.since = 0;
		this.open();
		before?.close();
	}

	opened() {
		this.connected = true;
		this.since = 0;
		for (const call of this.waiting.splice(0)) call.send();
	}

	/** @param {Error} [error] */
	lost(error) {
		this.connected = false;
		this.wire = null;
		this.lost_calls();
		if (this.closed) return;
		if (!this.patience) {
			this.closed = true;
			for (const call of this.waiting.splice(0)) call.fail(gone(error));
			this.lost_all?.(error);
			return;
		}
		this.since ||= Date.now();
		if (Date.now() - this.since > this.patience) for (const call of this.waiting.splice(0)) call.fail(gone(error));
		setTimeout(() => this.closed || this.wire || this.open(), PAUSE).unref();
	}

	lost_calls() {
		for (const call of [...this.calls.values()]) call.fail(new Error(`The Java services went away during ${call.name}`));
	}

	/**
	 * Returns `event.platform` of a request.
	 * @param {Context} context
	 * @param {AbortSignal} [signal] that of the request
	 */
	platform(context, signal) {
		const request = this.request(context);
		if (signal?.aborted) request.cancel();
		else signal?.addEventListener('abort', () => request.cancel(), { once: true });
		return request.platform;
	}

	/** As `platform`, for callers that report the end of the request. @param {Context} context */
	request(context) {
		return new Calls(this, context);
	}

	/** @param {number} type @param {number} id @param {Buffer} payload */
	frame(type, id, payload) {
		const call = this.calls.get(id);
		// the call was cancelled
		if (!call) return;
		try {
			this.deliver(call, type, payload);
		} catch (error) {
			// fails this call only: an exception thrown here would end the worker
			call.fail(error);
		}
	}

	/** @param {Call} call @param {number} type @param {Buffer} payload */
	deliver(call, type, payload) {
		if (type === RESULT) call.done(decode(payload.utf8Slice()));
		else if (type === STREAM) call.stream();
		else if (type === ITEM) call.items?.add(decode(payload.utf8Slice()), payload.length);
		else if (type === END) call.complete();
		else if (type === ERROR) call.fail(this.failure(call, JSON.parse(payload.utf8Slice())));
	}

	/** @param {Call} call @param {{ name: string, message: string, status?: number, id?: string, body?: object }} failure */
	failure(call, { name, message: told, status, id, body }) {
		// after an oversized frame, the server does not know the name of the method
		const message = name === 'LimitExceeded' && !told.includes(call.name) ? `${call.name}: ${told}` : told;
		/** @type {any} */
		let failure;
		if (status && this.error) {
			try {
				this.error(status, body ? { message, ...body } : message);
			} catch (error) {
				failure = error;
			}
		}
		failure ??= new Error(message);
		for (const [key, value] of Object.entries({ name, message, ...(id && { id }) })) {
			Object.defineProperty(failure, key, { value, configurable: true, writable: true });
		}
		if (status) failure.status ??= status;
		return failure;
	}

	next_id() {
		do this.last = (this.last + 1) >>> 0;
		while (this.calls.has(this.last));
		return this.last;
	}

	close() {
		this.closed = true;
		this.wire?.close();
	}
}

/** The calls of one request. */
class Calls {
	id = 0;
	/** Number of the connection on which this request was announced. */
	connection = 0;
	over = false;
	cancelled = false;
	/** Id of a request without one. */
	made_id = '';
	/** Settles when the address of the services is known. @type {Promise<void> | undefined} */
	located;

	/** @param {Client} client @param {Context} context */
	constructor(client, context) {
		this.client = client;
		this.context = context;
		const { principal = null, attributes = {}, request } = context;
		this.platform = { services: client.address || client.locate ? services(this) : undefined, principal, attributes, request };
	}

	/** @param {string} service @param {string} method @param {unknown[]} args @param {{ stack?: string }} site */
	call(service, method, args, site) {
		service = shown(service);
		method = shown(method);
		/** @type {Call | undefined} */
		let call;
		const result = new ServiceCall((fulfil, reject) => {
			call = new Call(this, `${service}.${method}`, `${service}\0${method}\0`, site, fulfil, reject);
		});
		// a failure that nobody awaits is only logged: an unhandled rejection would end the process and all its requests
		result.catch(() => {});
		call?.start(args);
		return result;
	}

	get request_id() {
		return (this.made_id ||= randomUUID());
	}

	open() {
		const { client } = this;
		if (this.connection === client.connection) return;
		this.connection = client.connection;
		this.id = client.next_id();
		const { id = this.request_id, traceparent, language, principal, context } = this.context;
		const scope = { id, traceparent, language, principal: principal?.name, context };
		client.wire?.send(message(OPEN, this.id, JSON.stringify(scope)));
	}

	/** The request was answered: streams end, calls go on. */
	finish() {
		if (this.over) return;
		this.over = true;
		if (!this.connection) return;
		this.close('');
		for (const call of this.client.calls.values()) {
			if (call.owner === this && call.items) call.fail(new Error(`The request of ${call.name} is over`));
		}
	}

	/** The client has gone: streams and calls are cancelled. */
	cancel() {
		if (this.cancelled) return;
		this.over = true;
		this.cancelled = true;
		if (!this.connection) return;
		this.close('cancelled');
		for (const call of [...this.client.calls.values(), ...this.client.waiting]) {
			if (call.owner === this) call.fail(aborted());
		}
	}

	/** @param {string} how */
	close(how) {
		if (this.connection === this.client.connection) this.client.wire?.send(message(CLOSE, this.id, how));
		this.connection = 0;
	}
}

/** A promise that `for await` accepts too, if the result is a stream. @extends {Promise<any>} */
class ServiceCall extends Promise {
	static get [Symbol.species]() {
		return Promise;
	}

	async *[Symbol.asyncIterator]() {
		const result = await this;
		if (!(result instanceof ItemStream)) throw new TypeError('for await needs a Java method that returns a Stream or a Flow.Publisher');
		yield* result;
	}
}

/** A call under way. */
class Call {
	id = 0;
	/** @type {ItemStream | null} */
	items = null;
	text = '';

	/** @param {Calls} owner @param {string} name @param {string} start of the message @param {{ stack?: string }} site @param {(value: any) => void} fulfil @param {(error: unknown) => void} reject */
	constructor(owner, name, start, site, fulfil, reject) {
		this.owner = owner;
		this.client = owner.client;
		this.name = name;
		this.text = start;
		this.site = site;
		this.fulfil = fulfil;
		this.reject = reject;
	}

	/** @param {unknown[]} args */
	start(args) {
		const { client, owner } = this;
		try {
			this.text += encode(args);
		} catch (error) {
			return this.fail(new TypeError(`${this.name} was not called: ${error instanceof Error ? error.message : typeof error}`));
		}
		if (!client.locate) return this.go();
		owner.located ??= client.located();
		// each call gets its own error, with its own stack
		owner.located.then(
			() => this.go(),
			(error) => this.fail(new Error(`${this.name} was not called: ${error.message}`))
		);
	}

	go() {
		const { client } = this;
		if (this.owner.cancelled) return this.fail(aborted());
		if (client.wire && (client.connected || !client.patience)) return this.send();
		if (client.closed || (client.since && Date.now() - client.since > client.patience)) return this.fail(gone());
		client.waiting.push(this);
	}

	send() {
		const { client, owner } = this;
		owner.open();
		this.id = client.next_id();
		client.calls.set(this.id, this);
		client.wire?.send(message(CALL, this.id, this.text, owner.id));
		this.text = '';
		if (owner.over) owner.close('');
	}

	/** @param {unknown} value */
	done(value) {
		this.client.calls.delete(this.id);
		this.fulfil(value);
	}

	stream() {
		const { client, id } = this;
		this.items = new ItemStream(
			(bytes) => client.wire?.send(message(CREDIT, id, '', bytes)),
			() => {
				if (client.calls.delete(id)) client.wire?.send(message(CANCEL, id, ''));
			}
		);
		this.fulfil(this.items);
	}

	complete() {
		this.client.calls.delete(this.id);
		this.items?.end();
	}

	/** @param {Error} error */
	fail(error) {
		this.client.calls.delete(this.id);
		called_from(this.site, this.name, error);
		this.owner.context.failed?.(error);
		if (this.items) this.items.end(error);
		else this.reject(error);
	}
}

/** @param {Calls} calls @returns {any} */
function services(calls) {
	return named((service) =>
		named((method) => {
			const call = (/** @type {unknown[]} */ ...args) => calls.call(service, method, args, site(call));
			return call;
		})
	);
}

/**
 * The stack frames of a call, without the called function. They are formatted when `stack` is read, so that a successful call does
 * not pay for it.
 * @param {Function} called
 * @returns {{ stack?: string }}
 */
function site(called) {
	/** @type {{ stack?: string }} */
	const site = {};
	Error.captureStackTrace(site, called);
	return site;
}

/**
 * Replaces the stack of an error with that of the app's call; its own frames are those of the socket that received the answer.
 * @param {{ stack?: string }} site
 * @param {string} name
 * @param {Error} error
 */
function called_from(site, name, error) {
	const stack = String(site.stack);
	const start = stack.indexOf('\n    at ');
	const frames = start < 0 ? `\n    at platform.services.${name}` : stack.slice(start);
	const value = `${error.name}: ${error.message}${frames}`;
	Object.defineProperty(error, 'stack', { value, configurable: true, writable: true });
}

/**
 * Returns a valid name unchanged. Truncates another one and removes NUL, so that the server can answer with the existing names.
 * @param {string} name
 */
function shown(name) {
	return NAME.test(name) ? name : `${name.slice(0, 50).replace(/[\0-\x1f\x7f]/g, '\ufffd')}${name.length > 50 ? '\u2026' : ''}`;
}

/** An object that computes each member on access. @param {(name: string) => unknown} member */
function named(member) {
	return new Proxy(
		{},
		{ get: (_, name) => (typeof name === 'symbol' || NOT_NAMES.has(name) ? undefined : member(name)) }
	);
}

function aborted() {
	return new DOMException('The request was cancelled', 'AbortError');
}

/** @param {Error} [error] */
function gone(error) {
	return new Error(`The Java services cannot be reached${error ? ` (${error.message})` : ''}`);
}

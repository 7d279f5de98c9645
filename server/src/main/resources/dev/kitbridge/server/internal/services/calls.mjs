// The calls of one request: what an app sees as `event.platform.services`.
import { randomUUID } from 'node:crypto';
import { ItemStream } from './stream.mjs';
import { encode } from './values.mjs';
import { CALL, CANCEL, CLOSE, CREDIT, frame, OPEN } from './wire.mjs';

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

/** Properties that JavaScript itself reads; no service or method has such a name. */
const NOT_NAMES = new Set(['then', 'toJSON', 'constructor', 'prototype', '__proto__']);

/** Names of services and methods: Java identifiers that need no quotes in JavaScript (Service.java). */
const NAME = /^[\w$]{1,200}$/;

/** The calls of one request. */
export class RequestScope {
	id = 0;
	/** Number of the connection on which this request is open; 0 if it is not. */
	connection = 0;
	ended = false;
	cancelled = false;
	/** Generated id, if the context has none. */
	generated_id = '';
	/** Settles when the client is connected to the current address. @type {Promise<void> | undefined} */
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
		service = printable(service);
		method = printable(method);
		/** @type {Call | undefined} */
		let call;
		const result = new ServiceCall((fulfil, reject) => {
			call = new Call(this, `${service}.${method}`, `${service}\0${method}\0`, site, fulfil, reject);
		});
		// without it, a failed call that the app does not await would end the process and all its requests
		result.catch(() => {});
		call?.start(args);
		return result;
	}

	get request_id() {
		return (this.generated_id ||= randomUUID());
	}

	open() {
		const { client } = this;
		if (this.connection === client.connection) return;
		this.connection = client.connection;
		this.id = client.next_id();
		const { id = this.request_id, traceparent, language, principal, context } = this.context;
		const scope = { id, traceparent, language, principal: principal?.name, context };
		client.wire?.send(frame(OPEN, this.id, JSON.stringify(scope)));
	}

	/** Called when the response is sent: streams end, other calls continue. */
	finish() {
		if (this.ended) return;
		this.ended = true;
		if (!this.connection) return;
		this.close('');
		for (const call of this.client.calls.values()) {
			if (call.scope === this && call.items) call.fail(new Error(`The request of ${call.name} has ended`));
		}
	}

	/** Called when the client has disconnected: cancels streams and calls. */
	cancel() {
		if (this.cancelled) return;
		this.ended = true;
		this.cancelled = true;
		if (!this.connection) return;
		this.close('cancelled');
		for (const call of [...this.client.calls.values(), ...this.client.waiting]) {
			if (call.scope === this) call.fail(aborted());
		}
	}

	/** @param {string} how */
	close(how) {
		if (this.connection === this.client.connection) this.client.wire?.send(frame(CLOSE, this.id, how));
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

/** A running call. */
export class Call {
	id = 0;
	/** @type {ItemStream | null} */
	items = null;
	text = '';

	/** @param {RequestScope} scope @param {string} name @param {string} start of the payload @param {{ stack?: string }} site @param {(value: any) => void} fulfil @param {(error: unknown) => void} reject */
	constructor(scope, name, start, site, fulfil, reject) {
		this.scope = scope;
		this.client = scope.client;
		this.name = name;
		this.text = start;
		this.site = site;
		this.fulfil = fulfil;
		this.reject = reject;
	}

	/** @param {unknown[]} args */
	start(args) {
		const { client, scope } = this;
		try {
			this.text += encode(args);
		} catch (error) {
			return this.fail(new TypeError(`${this.name} was not called: ${error instanceof Error ? error.message : typeof error}`));
		}
		if (!client.locate) return this.send_when_connected();
		scope.located ??= client.relocate();
		// each call gets its own error, with its own stack
		scope.located.then(
			() => this.send_when_connected(),
			(error) => this.fail(new Error(`${this.name} was not called: ${error.message}`))
		);
	}

	send_when_connected() {
		const { client } = this;
		if (this.scope.cancelled) return this.fail(aborted());
		if (client.wire && (client.connected || !client.retry)) return this.send();
		if (client.closed || (client.since && Date.now() - client.since > client.retry)) return this.fail(unreachable());
		client.waiting.push(this);
	}

	send() {
		const { client, scope } = this;
		scope.open();
		this.id = client.next_id();
		client.calls.set(this.id, this);
		client.wire?.send(frame(CALL, this.id, this.text, scope.id));
		this.text = '';
		if (scope.ended) scope.close('');
	}

	/** @param {unknown} value */
	done(value) {
		this.client.calls.delete(this.id);
		this.fulfil(value);
	}

	stream() {
		const { client, id } = this;
		this.items = new ItemStream(
			(bytes) => client.wire?.send(frame(CREDIT, id, '', bytes)),
			() => {
				if (client.calls.delete(id)) client.wire?.send(frame(CANCEL, id, ''));
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
		set_stack(this.site, this.name, error);
		this.scope.context.failed?.(error);
		if (this.items) this.items.end(error);
		else this.reject(error);
	}
}

/** Returns `platform.services`. @param {RequestScope} scope @returns {any} */
function services(scope) {
	return proxy((service) =>
		proxy((method) => {
			const call = (/** @type {unknown[]} */ ...args) => scope.call(service, method, args, site(call));
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
 * Replaces the stack of an error with that of the app's call: its own frames are those of the socket that received the result.
 * @param {{ stack?: string }} site
 * @param {string} name
 * @param {Error} error
 */
function set_stack(site, name, error) {
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
function printable(name) {
	return NAME.test(name) ? name : `${name.slice(0, 50).replace(/[\0-\x1f\x7f]/g, '\ufffd')}${name.length > 50 ? '\u2026' : ''}`;
}

/** An object that computes each member on access. @param {(name: string) => unknown} member */
function proxy(member) {
	return new Proxy(
		{},
		{ get: (_, name) => (typeof name === 'symbol' || NOT_NAMES.has(name) ? undefined : member(name)) }
	);
}

function aborted() {
	return new DOMException('The request was cancelled', 'AbortError');
}

/** @param {Error} [error] */
export function unreachable(error) {
	return new Error(`The Java services cannot be reached${error ? ` (${error.message})` : ''}`);
}

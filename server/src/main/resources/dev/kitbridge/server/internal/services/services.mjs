// The client of Java services: one connection, and the calls of all requests on it. In a worker it is bundled with the app; in
// development it is a module of its own.
import { RequestScope, unreachable } from './calls.mjs';
import { decode } from './values.mjs';
import { END, ERROR, frame, ITEM, RESULT, REVALIDATE, REVALIDATED, STREAM, Wire } from './wire.mjs';

/** @typedef {import('./calls.mjs').Call} Call */
/** @typedef {import('./calls.mjs').Context} Context */

/** Delay between attempts to connect, in milliseconds. */
const RETRY_DELAY = 50;

/**
 * @param {object} options
 * @param {string} [options.address] path of a socket, or a port; without it, and without `locate`, the app has no services
 * @param {string} [options.secret]
 * @param {import('node:net').Socket} [options.socket] replaces both: an open connection, which the other side has opened
 * @param {() => Promise<{ address: string, secret: string }>} [options.locate] replaces both: called before the first call of each
 *   request, since services that restart in development have another address. A call fails with the error that it throws
 * @param {(status: number, message: string) => never} [options.error] kit's `error`, for exceptions that have a status
 * @param {number} [options.retry] for how many milliseconds the client tries to reconnect, while services restart for example
 * @param {(error?: Error) => void} [options.lost] called when the connection is lost and `retry` is 0
 * @param {(json: string) => Promise<{ unreached: string[] }>} [options.revalidate] makes the page cache of this process forget pages, for a service; without
 *   it, services in another process keep no pages here
 */
export function connect({ address = '', secret = '', socket, locate, error, retry = 0, lost, revalidate }) {
	return new Client(socket ?? address, secret, locate, error, retry, lost, revalidate);
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
	/** Number of the connection: a request is opened on each connection that it uses. */
	connection = 0;
	/** Time since which the client has tried to connect; 0 while it is connected. */
	since = 0;

	/** @param {string | import('node:net').Socket} address @param {string} secret @param {any} locate @param {any} error @param {number} retry @param {any} lost @param {any} revalidate */
	constructor(address, secret, locate, error, retry, lost, revalidate) {
		this.address = address;
		this.secret = secret;
		this.locate = locate;
		this.error = error;
		this.retry = retry;
		this.on_lost = lost;
		this.revalidate = revalidate;
		if (address) this.open();
	}

	open() {
		this.connection++;
		this.since ||= Date.now();
		const owner = {
			opened: () => this.wire === wire && this.opened(),
			frame: (/** @type {number} */ type, /** @type {number} */ id, /** @type {Buffer} */ payload) => this.wire === wire && this.frame(type, id, payload),
			lost: (/** @type {Error | undefined} */ error) => this.wire === wire && this.lost(error)
		};
		const wire = new Wire(this.address, this.secret, owner, Boolean(this.revalidate));
		this.wire = wire;
	}

	/** Connects to the current address, if it has changed. */
	async relocate() {
		const { address, secret } = await this.locate();
		if (address === this.address && secret === this.secret) return;
		const before = this.wire;
		if (before) this.fail_calls();
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
		this.fail_calls();
		if (this.closed) return;
		if (!this.retry) {
			this.closed = true;
			for (const call of this.waiting.splice(0)) call.fail(unreachable(error));
			this.on_lost?.(error);
			return;
		}
		this.since ||= Date.now();
		if (Date.now() - this.since > this.retry) for (const call of this.waiting.splice(0)) call.fail(unreachable(error));
		setTimeout(() => this.closed || this.wire || this.open(), RETRY_DELAY).unref();
	}

	fail_calls() {
		for (const call of [...this.calls.values()]) call.fail(new Error(`The connection to the Java services was lost during ${call.name}`));
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

	/** As `platform`, for callers that call `finish` or `cancel` at the end of the request. @param {Context} context */
	request(context) {
		return new RequestScope(this, context);
	}

	/** @param {number} type @param {number} id @param {Buffer} payload */
	frame(type, id, payload) {
		if (type === REVALIDATE) return void this.pass_on(/** @type {Wire} */ (this.wire), id, payload.utf8Slice());
		const call = this.calls.get(id);
		// undefined after a cancellation
		if (!call) return;
		try {
			this.deliver(call, type, payload);
		} catch (error) {
			// only this call fails: an exception thrown here would end the worker
			call.fail(error);
		}
	}

	/** Passes a revalidation of a service on to the page cache. @param {Wire} wire @param {number} id @param {string} json */
	async pass_on(wire, id, json) {
		/** @type {{ unreached: string[] }} */
		let result;
		try {
			result = await this.revalidate(json);
		} catch (error) {
			result = { unreached: [error instanceof Error ? error.message : String(error)] };
		}
		wire.send(frame(REVALIDATED, id, JSON.stringify(result)));
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
	failure(call, { name, message: text, status, id, body }) {
		// after an oversized frame, the server does not know the name of the method
		const message = name === 'LimitExceeded' && !text.includes(call.name) ? `${call.name}: ${text}` : text;
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

// Vite behind a server in Java: the server answers browsers, and has its pages rendered here. It connects to Vite's port, and then
// this process answers as a worker does in production.
import { Buffer } from 'node:buffer';
import { AsyncResource } from 'node:async_hooks';
import { randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request as http_request } from 'node:http';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';

/** Header of the requests that this process sends to its own Vite. */
const HEADER = 'x-kitbridge-visit';

/** Protocols of the upgrade (ViteConnection.java). */
const LINK = 'kitbridge-link';
const SERVICES = 'kitbridge-services';

/** Connection-specific headers (RFC 9110, 7.6.1). */
const HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'];

const DEFAULT_ERROR_PAGE = '<!doctype html><title>%sveltekit.error.message%</title><h1>%sveltekit.status%</h1><p>%sveltekit.error.message%</p>';

/**
 * A request that is passed on.
 * @typedef {object} Visit
 * @property {URL} url as the browser knows it
 * @property {Record<string, unknown>} platform
 * @property {() => string} getClientAddress
 * @property {{ failed?: (error: Error) => void }} context of its calls of services
 * @property {any} report what the page cache has to know about the response; null if nothing is kept
 * @property {number} questions how often kit has asked for `event.platform`
 * @property {AsyncResource} scope in which `fetch` reaches the application
 */

/** The requests that a server in Java passes on. */
export class Visits {
	/** Kit's configuration. @type {any} */
	config;
	/** The address at which this process reaches Vite. @type {import('node:net').AddressInfo | undefined} */
	address;
	/** @type {Map<string, Visit>} */
	visits = new Map();
	/** Connections for services that wait for their link. @type {Map<string, import('node:net').Socket>} */
	services = new Map();
	/** Open links. @type {Set<any>} */
	links = new Set();
	/** Request headers of browsers that Vite does not get: it checks `host`. */
	dropped = new Set([...HOP, 'host', HEADER]);
	/** The answer to a connection with another secret. */
	stranger = 'The secret is wrong';

	/**
	 * @param {string} root the app's folder
	 * @param {{ secret: string | null, kit: string }} options `secret`: what the server has to send, or null; `kit`: version of SvelteKit
	 * @param {any} Link the class of a worker's link
	 */
	constructor(root, { secret, kit }, Link) {
		this.root = root;
		this.secret = secret;
		this.kit = kit;
		this.Link = Link;
	}

	/**
	 * Returns the client for the services of a connection.
	 * @param {import('node:net').Socket | undefined} _services
	 * @returns {{ request: (context: any) => any, close: () => void }}
	 */
	client(_services) {
		throw new Error('abstract');
	}

	/** Handles an upgrade to another protocol. @param {import('node:events').EventEmitter} _server @param {import('node:stream').Duplex} _socket */
	other(_server, _socket) {}

	/** Accepts connections. @param {import('vite').ViteDevServer | import('vite').PreviewServer} server */
	attach({ httpServer }) {
		httpServer?.on('listening', () => (this.address = /** @type {any} */ (httpServer.address())));
		httpServer?.on('upgrade', (req, socket, head) => {
			const protocol = req.headers.upgrade;
			if (protocol !== LINK && protocol !== SERVICES) return this.other(httpServer, socket);
			if (head.length) socket.unshift(head);
			this.upgrade(req, /** @type {import('node:net').Socket} */ (socket));
		});
	}

	/** @param {import('node:http').IncomingMessage} req @param {import('node:net').Socket} socket */
	upgrade({ headers }, socket) {
		const refusal = this.refusal(headers, socket);
		if (refusal) return socket.end(`HTTP/1.1 403 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
		socket.setNoDelay(true);
		socket.setTimeout(0);
		const site = headers.upgrade === LINK ? `kitbridge-site: ${encodeURIComponent(JSON.stringify(this.site()))}\r\n` : '';
		socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${headers.upgrade}\r\n${site}\r\n`);
		const id = String(headers['kitbridge-application']);
		if (headers.upgrade === SERVICES) {
			this.services.set(id, socket);
			socket.on('error', () => {}).on('close', () => this.services.delete(id));
		} else {
			const [body_limit, headers_limit] = String(headers['kitbridge-limits']).split(' ').map(Number);
			this.open(socket, this.services.get(id), body_limit, headers_limit);
		}
	}

	/** @param {import('node:http').IncomingHttpHeaders} headers @param {import('node:net').Socket} socket */
	refusal(headers, socket) {
		// a web page cannot choose the protocol of an upgrade, but would send its origin
		if (headers.origin !== undefined) return 'Browsers may not connect';
		const address = socket.remoteAddress?.replace(/^::ffff:/, '');
		if (address !== '::1' && !address?.startsWith('127.')) return 'Only processes on the same machine may connect';
		if (this.secret === null) return null;
		const [sent, known] = [String(headers['kitbridge-secret'] ?? ''), this.secret].map((text) => Buffer.from(text));
		const same = sent.length === known.length && timingSafeEqual(sent, known);
		return same ? null : this.stranger;
	}

	/** Returns the values of the app that the application needs. */
	site() {
		const { paths, files } = this.config;
		const file = resolve(this.root, files?.errorTemplate ?? 'src/error.html');
		return {
			kit: this.kit,
			base: paths?.base ?? '',
			origin: paths?.origin ?? '',
			errorPage: existsSync(file) ? readFileSync(file, 'utf8') : DEFAULT_ERROR_PAGE
		};
	}

	/**
	 * Answers the requests of a connection.
	 * @param {import('node:net').Socket} socket @param {import('node:net').Socket | undefined} services
	 * @param {number} body_limit @param {number} headers_limit
	 */
	open(socket, services, body_limit, headers_limit) {
		const client = this.client(services);
		/** The context of the exchange that is about to call `respond`, in the same turn. @type {any} */
		let context;
		const calls = {
			request: (/** @type {any} */ given) => client.request((context = given)),
			close: () => client.close()
		};
		const server = {
			respond: (/** @type {Request} */ request, /** @type {any} */ options, /** @type {any} */ report) =>
				this.respond(request, { ...options, context, report })
		};
		const link = new this.Link(server, calls, socket, body_limit, headers_limit, () => {
			this.links.delete(link);
			client.close();
			socket.destroy();
			for (const exchange of [...link.exchanges.values()]) exchange.cancel();
		});
		this.links.add(link);
		link.open();
	}

	/**
	 * Answers as kit's `server.respond` does, through Vite's own HTTP server: Vite's middlewares and kit's need Node's requests.
	 * @param {Request} request
	 * @param {{ platform: Record<string, unknown>, getClientAddress: () => string, context: any, report: any }} options
	 * @returns {Promise<Response>}
	 */
	respond(request, { platform, getClientAddress, context, report }) {
		const url = new URL(request.url);
		const id = randomUUID();
		this.visits.set(id, { url, platform, getClientAddress, context, report, questions: 0, scope: new AsyncResource('kitbridge-visit') });
		/** @type {[string, string][]} */
		const headers = [...request.headers].filter(([name]) => !this.dropped.has(name));
		const { port, address, family } = /** @type {import('node:net').AddressInfo} */ (this.address);
		const any = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
		return new Promise((fulfil, reject) => {
			const req = http_request({
				host: any,
				port,
				family: Number(/\d/.exec(String(family))?.[0] ?? 0),
				method: request.method,
				path: request.url.slice(url.origin.length),
				headers: [...headers.flat(), 'host', `localhost:${port}`, HEADER, id],
				agent: false
			});
			req.on('error', reject);
			req.on('close', () => this.visits.delete(id));
			req.on('response', (res) => {
				try {
					fulfil(response(request.method, res));
				} catch (error) {
					reject(error);
				}
			});
			request.signal.addEventListener('abort', () => req.destroy(new Error('The client has disconnected')), { once: true });
			if (!request.body) return req.end();
			const body = Readable.fromWeb(/** @type {any} */ (request.body));
			body.on('error', (/** @type {any} */ error) => {
				// larger than the application's limit
				if (error.status === 413) fulfil(new Response(error.message ?? 'Payload Too Large', { status: 413 }));
				req.destroy(error);
			});
			body.pipe(req);
		});
	}

	/**
	 * Returns the visit that a request of Vite's belongs to, and gives the request the visitor's host and address; null if the request
	 * was not passed on by the server.
	 * @param {import('node:http').IncomingMessage} req
	 */
	visit(req) {
		const id = req.headers[HEADER];
		if (id === undefined) return null;
		delete req.headers[HEADER];
		const visit = this.visits.get(String(id));
		if (!visit) return null;
		for (let i = 0; i < req.rawHeaders.length; i += 2) {
			if (req.rawHeaders[i] === 'host') req.rawHeaders[i + 1] = visit.url.host;
			if (req.rawHeaders[i] === HEADER) req.rawHeaders.splice(i, 2);
		}
		req.headers.host = visit.url.host;
		Object.defineProperty(req.socket, 'remoteAddress', { configurable: true, get: visit.getClientAddress });
		return visit;
	}
}

/** @param {string} method @param {import('node:http').IncomingMessage} res */
function response(method, res) {
	const headers = new Headers();
	for (let i = 0; i < res.rawHeaders.length; i += 2) {
		if (!HOP.includes(res.rawHeaders[i].toLowerCase())) headers.append(res.rawHeaders[i], res.rawHeaders[i + 1]);
	}
	const status = Number(res.statusCode);
	const empty = method === 'HEAD' || status === 204 || status === 304;
	if (empty) res.resume();
	return new Response(empty ? null : /** @type {any} */ (Readable.toWeb(res)), { status, headers });
}

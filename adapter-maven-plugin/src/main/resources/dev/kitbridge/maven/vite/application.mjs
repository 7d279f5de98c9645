// Vite behind a Java application: the application answers browsers, and has its pages rendered here. It connects to Vite's port, and
// then this process answers as a worker does in production.
import { Buffer } from 'node:buffer';
import { AsyncResource } from 'node:async_hooks';
import { randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request as http_request } from 'node:http';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { error_function, page_cache_module } from './emulator.mjs';
import { free_port, is_free } from './front.mjs';

/** Header of the requests that this process sends to its own Vite. */
const HEADER = 'x-kitbridge-visit';

/** Protocols of the upgrade (ViteConnection.java). */
const LINK = 'kitbridge-link';
const SERVICES = 'kitbridge-services';

/** Connection-specific headers (RFC 9110, 7.6.1), and `host`, which Vite checks. */
const HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'host']);

const DEFAULT_ERROR_PAGE = '<!doctype html><title>%sveltekit.error.message%</title><h1>%sveltekit.status%</h1><p>%sveltekit.error.message%</p>';

/** Members of `event.platform` that depend on the application. */
const MEMBERS = ['services', 'principal', 'csrf', 'attributes', 'request'];

/**
 * A request that the application passes on.
 * @typedef {object} Visit
 * @property {URL} url as the browser knows it
 * @property {Record<string, unknown>} platform
 * @property {() => string} getClientAddress
 * @property {{ failed?: (error: Error) => void }} context of its calls of services
 * @property {AsyncResource} scope in which `fetch` reaches the application
 */

export class Application {
	/** Kit's configuration. @type {any} */
	config;
	/** The port of Vite. @type {number | undefined} */
	port;
	/** The address at which this process reaches Vite. @type {import('node:net').AddressInfo | undefined} */
	address;
	/** @type {Map<string, Visit>} */
	visits = new Map();
	/** Connections for services that wait for their link. @type {Map<string, import('node:net').Socket>} */
	services = new Map();

	/**
	 * @param {string} root the app's folder
	 * @param {{ secret: string | null, kit: string }} options `secret`: what the application has to send, if Maven starts it; `kit`: version of SvelteKit
	 * @param {{ connect: any, Link: any, no_page_cache: any }} worker the modules of a worker
	 * @param {(status: number, message: string) => never} error kit's `error`
	 */
	constructor(root, { secret, kit }, { connect, Link, no_page_cache }, error) {
		this.root = root;
		this.secret = secret;
		this.kit = kit;
		this.connect = connect;
		this.Link = Link;
		this.no_page_cache = no_page_cache;
		this.error = error;
	}

	/** Loads the modules that a worker has in production. @param {string} root @param {{ secret: string | null, kit: string }} options */
	static async create(root, options) {
		const load = (/** @type {string} */ name) => import(new URL(name, import.meta.url).href);
		const [{ connect }, { Link }] = await Promise.all(['./services/services.mjs', './workers/link.mjs'].map(load));
		const { no_page_cache } = await page_cache_module();
		return new Application(root, options, { connect, Link, no_page_cache }, await error_function());
	}

	/** A Vite plugin: pages of the application connect to Vite's own port for hot reloading. */
	plugin() {
		return {
			name: 'kitbridge-application',
			config: {
				order: /** @type {const} */ ('post'),
				/** @param {any} config */
				handler: async (config) => {
					const own = config.server ?? {};
					// the application decides about TLS
					delete own.https;
					const host = own.host === true ? '0.0.0.0' : !own.host || own.host === 'localhost' ? '127.0.0.1' : own.host;
					// Vite restarts at the same port when its configuration changes
					this.port ??= own.strictPort ? own.port : await free_from(own.port ?? 5173, host);
					return { server: { host, port: this.port, strictPort: true, open: false } };
				}
			},
			configResolved: (/** @type {any} */ { server }) => this.connect_pages(server)
		};
	}

	/** Hot reloading of a page at the application's port connects to Vite's. @param {any} server resolved options */
	connect_pages(server) {
		// Vite 8.3 moved the option
		if (server.ws && typeof server.ws === 'object') server.ws.clientPort ??= server.ws.port ?? this.port;
		else if (server.hmr !== false) {
			const own = server.hmr === true ? {} : server.hmr;
			server.hmr = { ...own, clientPort: own?.clientPort ?? own?.port ?? this.port };
		}
	}

	/** Accepts connections of the application. @param {import('vite').ViteDevServer} server */
	attach({ httpServer }) {
		httpServer?.on('listening', () => (this.address = /** @type {any} */ (httpServer.address())));
		httpServer?.on('upgrade', (req, socket, head) => {
			const protocol = req.headers.upgrade;
			if (protocol !== LINK && protocol !== SERVICES) return;
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
		if (address !== '::1' && !address?.startsWith('127.')) return 'Only applications on the same machine may connect';
		if (this.secret === null) return null;
		const [sent, known] = [String(headers['kitbridge-secret'] ?? ''), this.secret].map((text) => Buffer.from(text));
		const same = sent.length === known.length && timingSafeEqual(sent, known);
		return same ? null : 'Maven has started an application of its own; end that first, or set -Dadapter.application=false';
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
	 * Answers the requests of a connected application.
	 * @param {import('node:net').Socket} socket @param {import('node:net').Socket | undefined} services
	 * @param {number} body_limit @param {number} headers_limit
	 */
	open(socket, services, body_limit, headers_limit) {
		const client = this.connect({ socket: services, error: this.error, lost: () => {} });
		/** The context of the exchange that is about to call `respond`, in the same turn. @type {any} */
		let context;
		const calls = {
			request: (/** @type {any} */ given) => client.request((context = given)),
			close: () => client.close()
		};
		const server = {
			respond: (/** @type {Request} */ request, /** @type {any} */ options) => this.respond(request, { ...options, context })
		};
		const link = new this.Link(server, calls, socket, body_limit, headers_limit, () => {
			client.close();
			socket.destroy();
			for (const exchange of [...link.exchanges.values()]) exchange.cancel();
		});
		link.open();
	}

	/**
	 * Answers as kit's `server.respond` does, through Vite's own HTTP server: Vite's middlewares and kit's need Node's requests.
	 * @param {Request} request
	 * @param {{ platform: Record<string, unknown>, getClientAddress: () => string, context: any }} options
	 * @returns {Promise<Response>}
	 */
	respond(request, { platform, getClientAddress, context }) {
		const url = new URL(request.url);
		const id = randomUUID();
		this.visits.set(id, { url, platform, getClientAddress, context, scope: new AsyncResource('kitbridge-visit') });
		/** @type {[string, string][]} */
		const headers = [...request.headers].filter(([name]) => !HOP.has(name));
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
	 * did not come from the application.
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

	/**
	 * Completes `event.platform`.
	 * @param {Record<string, unknown>} platform what the adapter emulates
	 * @param {Visit | null | undefined} visit
	 * @param {string | null} missing why the request has no visitor, or null
	 */
	complete(platform, visit, missing) {
		const members = Object.getOwnPropertyDescriptors(visit?.platform ?? {});
		for (const member of Object.values(members)) member.configurable = true;
		Object.defineProperties(platform, members);
		platform.cache ??= this.no_page_cache();
		const reason = visit ? missing : `the request did not come through the application; open the application's own address, not Vite's`;
		if (reason === null) return platform;
		for (const name of new Set([...MEMBERS, ...Object.keys(platform)])) {
			// services and the page cache need no visitor
			if ((visit && name === 'services') || name === 'cache') continue;
			const get = () => {
				throw new Error(`event.platform.${name} is not there: ${reason}`);
			};
			Object.defineProperty(platform, name, { get, enumerable: false, configurable: true });
		}
		return platform;
	}
}

/** @param {string} method @param {import('node:http').IncomingMessage} res */
function response(method, res) {
	const headers = new Headers();
	for (let i = 0; i < res.rawHeaders.length; i += 2) {
		if (!HOP.has(res.rawHeaders[i].toLowerCase())) headers.append(res.rawHeaders[i], res.rawHeaders[i + 1]);
	}
	const status = Number(res.statusCode);
	const empty = method === 'HEAD' || status === 204 || status === 304;
	if (empty) res.resume();
	return new Response(empty ? null : /** @type {any} */ (Readable.toWeb(res)), { status, headers });
}

/** The first free port from a preferred one; any other after a hundred. @param {number} port @param {string} host */
async function free_from(port, host) {
	for (let next = port; port && next < port + 100; next++) {
		if (await is_free(next, host)) return next;
	}
	return free_port();
}

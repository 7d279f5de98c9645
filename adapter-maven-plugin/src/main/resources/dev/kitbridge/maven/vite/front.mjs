// Vite behind a front: an HTTP server in Maven's process to which browsers connect, at Vite's address.
import { createServer } from 'node:net';

const HEADER = 'x-kitbridge-visitor';

/**
 * The headers of the front for a request.
 * @typedef {{ origin: string, protocol: string, address: string | null, noAddress: string | null }} Visitor
 * `origin`: the origin of `event.url`, empty if unknown; `noAddress`: why the client address is unknown
 */

/** Moves Vite to another port, and trusts the front by its secret. */
export class Front {
	/** The configured address of Vite. @type {{ host: string, port: number, strict: boolean, open: boolean | string, https: boolean } | undefined} */
	wanted;
	/** The port on which Vite listens instead. @type {number | undefined} */
	port;

	/** @param {string} secret that the front sends @param {'server' | 'preview'} options the part of Vite's configuration that contains the address */
	constructor(secret, options) {
		this.secret = secret;
		this.options = options;
	}

	/** A Vite plugin that overrides the address of Vite. */
	plugin() {
		return {
			name: 'kitbridge-front',
			config: {
				order: /** @type {const} */ ('post'),
				/** @param {any} config */
				handler: async (config) => {
					const previewed = this.options === 'preview';
					const { server = {}, preview = {} } = config;
					const own = previewed ? { ...server, ...preview } : server;
					const port = (previewed ? preview : server).port ?? (previewed ? 4173 : 5173);
					const host = own.host === true ? '0.0.0.0' : own.host || 'localhost';
					this.wanted = { host, port, strict: own.strictPort ?? false, open: own.open ?? false, https: !!own.https };
					if (own.https) return;
					// Vite restarts at the same port when its configuration changes
					this.port ??= await free_port();
					const allowedHosts = own.allowedHosts === true || [...(own.allowedHosts ?? []), host];
					return { [this.options]: { host: '127.0.0.1', port: this.port, strictPort: false, open: false, allowedHosts } };
				}
			}
		};
	}

	/** Returns whether Vite accepts connections of the front only. */
	get stands() {
		return this.wanted !== undefined && !this.wanted.https;
	}

	/**
	 * Disables the idle timeout of the front's connections: Node could close a connection while a request is in transit,
	 * which would be lost.
	 * @param {{ keepAliveTimeout: number } | null} server
	 */
	hold(server) {
		if (server) server.keepAliveTimeout = 0;
	}

	/**
	 * Removes the headers of the front from a request and returns them; null if the request did not pass the front.
	 * @param {import('node:http').IncomingMessage} req
	 * @returns {Visitor | null}
	 */
	visitor(req) {
		const text = req.headers[HEADER];
		if (text === undefined) return null;
		delete req.headers[HEADER];
		const at = req.rawHeaders.indexOf(HEADER);
		if (at >= 0) req.rawHeaders.splice(at, 2);
		const said = new URLSearchParams(String(text));
		if (said.get('secret') !== this.secret) return null;
		const visitor = {
			origin: said.get('origin') ?? '',
			protocol: said.get('protocol') ?? '',
			address: said.get('address'),
			noAddress: said.get('noAddress')
		};
		if (visitor.origin) req.headers.host = new URL(visitor.origin).host;
		// kit reads the client address from the socket; a connection has one request at a time
		Object.defineProperty(req.socket, 'remoteAddress', {
			configurable: true,
			get() {
				if (visitor.address === null) throw new Error(visitor.noAddress ?? 'nobody knows the address of this client');
				return visitor.address;
			}
		});
		return visitor;
	}
}

/** Whether nothing listens at a port. @param {number} port @param {string} host @returns {Promise<boolean>} */
export function is_free(port, host) {
	return new Promise((fulfil) => {
		const server = createServer().on('error', () => fulfil(false));
		server.listen(port, host, () => server.close(() => fulfil(true)));
	});
}

/** Finds a free port. @returns {Promise<number>} */
export function free_port() {
	return new Promise((fulfil, reject) => {
		const server = createServer().on('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
			server.close(() => fulfil(port));
		});
	});
}

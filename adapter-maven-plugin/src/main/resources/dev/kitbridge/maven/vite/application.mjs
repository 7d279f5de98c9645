// Vite behind a Java application that serves the pages, in development.
import { error_function, page_cache_module } from './emulator.mjs';
import { free_port, is_free } from './front.mjs';
import { Visits } from './visits.mjs';

/** Members of `event.platform` that depend on the application. */
const MEMBERS = ['services', 'principal', 'csrf', 'attributes', 'request'];

export class Application extends Visits {
	/** The port of Vite. @type {number | undefined} */
	port;
	stranger = 'Maven has started an application of its own; end that first, or set -Dadapter.application=false';

	/**
	 * @param {string} root the app's folder
	 * @param {{ secret: string | null, kit: string }} options `secret`: what the application has to send, if Maven starts it; `kit`: version of SvelteKit
	 * @param {{ connect: any, Link: any, no_page_cache: any }} worker the modules of a worker
	 * @param {(status: number, message: string) => never} error kit's `error`
	 */
	constructor(root, options, { connect, Link, no_page_cache }, error) {
		super(root, options, Link);
		this.connect = connect;
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

	/** @param {import('node:net').Socket | undefined} socket that the application has opened for its services */
	client(socket) {
		return this.connect({ socket, error: this.error, lost: () => {} });
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

	/**
	 * Completes `event.platform`.
	 * @param {Record<string, unknown>} platform what the adapter emulates
	 * @param {import('./visits.mjs').Visit | null | undefined} visit
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

/** The first free port from a preferred one; any other after a hundred. @param {number} port @param {string} host */
async function free_from(port, host) {
	for (let next = port; port && next < port + 100; next++) {
		if (await is_free(next, host)) return next;
	}
	return free_port();
}

// Vite's preview behind the front, if the front keeps pages: then the front has them rendered over a worker's link, which tells it
// what the page cache has to know.
import { Visits } from './visits.mjs';

export class Preview extends Visits {
	/** The worker's modules lie beside the bridge. @param {string} root @param {{ secret: string, kit: string }} options */
	static async create(root, options) {
		const { Link } = await import(new URL('./workers/link.mjs', import.meta.url).href);
		const preview = new Preview(root, options, Link);
		// Vite would compress pages, and the page cache keeps only those that are not compressed
		preview.dropped.add('accept-encoding');
		return preview;
	}

	/** The emulator has a client of its own. */
	client() {
		return { request: () => ({ platform: {}, finish() {}, cancel() {} }), close() {} };
	}

	/** Whether the front has opened a link: it keeps pages. */
	linked = false;

	/** @param {import('node:net').Socket} socket @param {undefined} services @param {number} body_limit @param {number} headers_limit */
	open(socket, services, body_limit, headers_limit) {
		this.linked = true;
		super.open(socket, services, body_limit, headers_limit);
	}

	/**
	 * Makes the front forget pages that a Java service revalidates.
	 * @param {string} json
	 * @returns {Promise<{ unreached: string[] }>}
	 */
	revalidate = async (json) => {
		if (this.linked && !this.links.size) throw new Error('the front of the preview has closed its connection to Vite');
		const results = await Promise.all([...this.links].map((link) => link.revalidate(json)));
		return { unreached: results.flatMap(({ unreached }) => unreached) };
	};

	/** Without this listener, Node would answer. @param {import('node:events').EventEmitter} server @param {import('node:stream').Duplex} socket */
	other(server, socket) {
		if (server.listenerCount('upgrade') === 1) socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
	}

	/** @param {Request} request @param {any} options */
	respond(request, options) {
		if (options.report) options.report.file = true;
		return super.respond(request, options);
	}

	/**
	 * Notes that kit asks for `event.platform`. It asks when it creates an event, and again with the configuration of the route if there
	 * is one. So the second question is that of the request's own route, or that of an event that the app fetches, without a configuration.
	 * @param {import('./visits.mjs').Visit} visit
	 * @param {{ config: Record<string, unknown>, entry?: boolean }} question `entry`: asked by the app's server entry, before kit
	 */
	asked(visit, { config, entry }) {
		if (!visit.report) return;
		visit.report.file = false;
		if (!entry && ++visit.questions === 2 && !this.is_remote(visit.url)) visit.report.route(config);
	}

	/** Returns whether a request calls a remote function: its route would be that of the calling page. @param {URL} url */
	is_remote({ pathname }) {
		const { appDir = '_app', paths } = this.config ?? {};
		return pathname.startsWith(`${paths?.base ?? ''}/${appDir}/remote/`);
	}

	/**
	 * Completes `event.platform`.
	 * @param {Record<string, unknown>} platform what the adapter emulates
	 * @param {import('./visits.mjs').Visit} visit
	 */
	complete(platform, { platform: { cache }, report }) {
		platform.cache = cache;
		return report ? report.observe(platform) : platform;
	}
}

// Shows in the browser why a service failed, in Vite's error overlay: SvelteKit's error page says "Internal Error" to everybody.

/** Milliseconds in which a page that was answered connects to Vite. */
const PATIENCE = 10_000;

export class Overlay {
	/** What the next page that connects is to show. @type {{ text: string, until: number } | undefined} */
	pending;

	/** @param {import('vite').ViteDevServer} server */
	constructor(server) {
		this.server = server;
		server.ws.on('connection', (/** @type {any} */ socket) => {
			const { pending } = this;
			if (socket.protocol !== 'vite-hmr' || !pending) return;
			this.pending = undefined;
			if (Date.now() < pending.until) socket.send(pending.text);
		});
	}

	/**
	 * Shows an error to the page that asked; to nobody if no page did.
	 * @param {import('node:http').IncomingMessage} req
	 * @param {Error} error
	 */
	show(req, { name, message, stack = '' }) {
		const frames = stack.indexOf('\n    at ');
		const err = { message: `${name}: ${message}`, stack: frames < 0 ? '' : stack.slice(frames + 1) };
		const text = JSON.stringify({ type: 'error', err });
		// a page that is loading is not connected yet, one that navigates is
		if (req.headers['sec-fetch-dest'] === 'document') this.pending = { text, until: Date.now() + PATIENCE };
		else if (/\/__data\.json(\?|$)/.test(req.url ?? '')) this.server.ws.send({ type: 'error', err });
	}
}

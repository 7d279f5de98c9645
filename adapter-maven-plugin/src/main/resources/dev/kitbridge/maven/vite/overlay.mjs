// Shows the error of a service in Vite's overlay in the browser: SvelteKit's error page only says "Internal Error".

/** Timeout in milliseconds for a page to connect to Vite. */
const PATIENCE = 10_000;

export class Overlay {
	/** The error for the next page that connects. @type {{ text: string, until: number } | undefined} */
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
	 * Shows an error on the page that made the request, if a page made it.
	 * @param {import('node:http').IncomingMessage} req
	 * @param {Error} error
	 */
	show(req, { name, message, stack = '' }) {
		const frames = stack.indexOf('\n    at ');
		const err = { message: `${name}: ${message}`, stack: frames < 0 ? '' : stack.slice(frames + 1) };
		const text = JSON.stringify({ type: 'error', err });
		// a page that navigates is connected already, a page that loads is not
		if (req.headers['sec-fetch-dest'] === 'document') this.pending = { text, until: Date.now() + PATIENCE };
		else if (/\/__data\.json(\?|$)/.test(req.url ?? '')) this.server.ws.send({ type: 'error', err });
	}
}

// Runs the app's own Vite as a server, for development or for a preview of the last build. An adapter in Maven's process replaces
// the app's. Started as `node serve.mjs`, or `bun serve.mjs`, in the app's folder. The request is a line of JSON on standard input.
import { AsyncLocalStorage } from 'node:async_hooks';
import process from 'node:process';
import { emulator, load_adapters, supports_instrumentation, supports_read, vite_parts } from './adapters.mjs';
import { heard, load_function, load_plugins, mark_levels, set_words } from './child.mjs';
import { Application } from './application.mjs';
import { emulated, platform, read_support } from './emulator.mjs';
import { free_port, Front } from './front.mjs';
import { Overlay } from './overlay.mjs';
import { Preview } from './preview.mjs';
import { swap_adapter } from './swap.mjs';

/**
 * @typedef {{
 *   root: string,
 *   command: 'dev' | 'preview',
 *   mode: string,
 *   words: string[],
 *   host: string | null,
 *   port: number | null,
 *   adapter: string,
 *   kit: string,
 *   adapters: import('./adapters.mjs').Entry[],
 *   maven: string,
 *   emulates: boolean,
 *   instrumentation: string | null,
 *   check: string | null,
 *   front?: string,
 *   application?: { secret: string | null, kit: string },
 *   outputs: string[],
 *   plugins: import('./child.mjs').ViteModules
 * }} Request
 * `words`: Vite's command line; `maven`: port and secret of Maven's process, which answers for the adapters; `emulates`: whether there is an `event.platform`; `kit`: its version; `adapters`: those in JavaScript; `instrumentation`: why instrumentation.server.js is not
 * supported; `check`: a path to request instead of serving; `front`: the secret of a front that browsers talk to; `application`: a Java application that browsers talk to;
 * `outputs`: folders that Maven writes to
 */

mark_levels();
// Bun has this function, but maps no stack traces with it; without the function, Vite maps them itself
if (process.versions.bun) delete (/** @type {any} */ (process).setSourceMapsEnabled);
const lines = heard();
/** @type {Request} */
const request = JSON.parse(String((await lines.next()).value));
process.chdir(request.root);
set_words(request.root, request.words);

const vite = await import('vite');
const loaded = await load_adapters(request.adapters).catch(fail);
const parts = await vite_parts(loaded, Number.parseInt(request.kit));
/** Creates `event.platform`, if an adapter in JavaScript does. */
const own = await emulator(loaded).catch(fail);
const { error } = await import('@sveltejs/kit');
const refusal = read_support(request.maven);
/** The front, if the adapter has one. */
const front = request.front === undefined ? null : new Front(request.front, request.command === 'dev' ? 'server' : 'preview');
/** The application, if it is a Java application that serves the pages. */
const application = request.application && (await Application.create(request.root, request.application));
/** The preview, if its front may keep pages. */
const preview =
	request.front !== undefined && request.command === 'preview' ? await Preview.create(request.root, { secret: request.front, kit: request.kit }) : undefined;
/** Answers the requests that a server in Java passes on over a link. */
const visits = application ?? preview;
/**
 * The details of the current request, which kit does not pass to an emulator.
 * @type {AsyncLocalStorage<{ context: any, visit?: import('./visits.mjs').Visit | null, secure?: boolean, opened?: (calls: any) => void, seen?: { platform?: any } }>}
 */
const requests = new AsyncLocalStorage();

const adapter = {
	name: request.adapter,
	adapt() {},
	supports: {
		/** @param {any} details */
		read(details) {
			const reason = loaded.map((one) => refused(one, supports_read(one, details), `'read' from $app/server, which is used in src/routes${details.route.id}`)).find(Boolean) ?? refusal(details);
			if (reason === null) return true;
			console.error(reason);
			// only this error is shown on the page
			error(500, reason);
		},
		instrumentation() {
			const reason = loaded.map((one) => refused(one, supports_instrumentation(one), 'instrumentation.server.js, which the app has')).find(Boolean);
			if (reason ?? request.instrumentation) throw new Error(reason ?? /** @type {string} */ (request.instrumentation));
			return true;
		}
	},
	emulate: () => (request.emulates || own ? { platform: emulate } : {}),
	// kit 3 reads this property
	vite: {
		getRequest: (await load_function(request.plugins.getRequest)) ?? parts.getRequest,
		setResponse: (await load_function(request.plugins.setResponse)) ?? parts.setResponse
	}
};

/**
 * Returns why an adapter refuses a feature; null if it supports it.
 * @param {import('./adapters.mjs').Loaded} loaded
 * @param {import('./adapters.mjs').Answer} answer
 * @param {string} feature
 */
function refused({ entry }, answer, feature) {
	if (answer === true) return null;
	return `Adapter '${entry.id}' does not support ${feature}${answer === false ? '; use an adapter that does' : `: ${answer}`}`;
}

/** @param {{ config: Record<string, unknown>, prerender: boolean | 'auto' }} details */
async function emulate(details) {
	const { seen, visit, ...known } = requests.getStore() ?? { context: {} };
	if (preview && visit) preview.asked(visit, details);
	const missing = details.prerender === true ? 'this page is prerendered, and there will be no visitor then' : null;
	if (application) return application.complete((await emulated(request.maven, details)).platform, visit, missing);
	const value = await platform(request.maven, details, { ...known, missing, own, revalidate: preview?.revalidate });
	if (seen) seen.platform = value;
	return preview && visit ? preview.complete(value, visit) : value;
}

/** @param {import('vite').ViteDevServer | import('vite').PreviewServer} server */
function know_requests(server) {
	if (application) know_scheme(server.config);
	visits?.attach(server);
	if (front?.stands) {
		know_scheme(server.config);
		front.hold(/** @type {import('node:http').Server | null} */ (server.httpServer));
	}
	const overlay = 'ws' in server ? new Overlay(server) : undefined;
	server.middlewares.use((req, res, next) => {
		const visitor = front?.visitor(req);
		const visit = visits?.visit(req);
		/** @type {any[]} */
		const opened = [];
		/** The failure of a service call, unless it has a status. @type {any} */
		let failure;
		const failed = (/** @type {any} */ error) => {
			if (!error.status) failure = error;
		};
		res.on('close', () => {
			if (failure && res.statusCode === 500) overlay?.show(req, failure);
			for (const calls of opened) {
				if (res.writableFinished) calls.finish();
				else calls.cancel();
			}
		});
		const opens = (/** @type {any} */ calls) => opened.push(calls);
		if (visit) {
			visit.context.failed = failed;
			const secure = visit.url.protocol === 'https:';
			if (preview) forget_headers(res);
			visit.scope.runInAsyncScope(() => requests.run({ context: visit.context, visit, secure, opened: opens }, next));
			return;
		}
		const secure = visitor?.origin.startsWith('https:');
		requests.run({ context: { ...context(req, visitor), failed }, secure, opened: opens, seen: checked }, next);
	});
}

/** Removes headers of Vite and Node that a jar does not have: the page cache would judge by `vary` and `date`. @param {import('node:http').ServerResponse} res */
function forget_headers(res) {
	res.sendDate = false;
	for (const name of res.getHeaderNames()) res.removeHeader(name);
}

/**
 * Excludes Maven's output folders from watching: Maven writes thousands of files, and each page or script would reload the browser.
 * Generated sources in these folders may belong to the app.
 * @param {string} file
 */
function is_output(file) {
	const path = file.replaceAll('\\', '/');
	return request.outputs.some(
		(folder) => path.startsWith(`${folder}/`) && !`${path}/`.startsWith(`${folder}/generated-sources/`)
	);
}

/** A Vite plugin that appends to the app's own `ignored`. */
const watch = {
	name: 'kitbridge-watch',
	/** @param {any} config */
	config: (config) => (config.server?.watch === null ? undefined : { server: { watch: { ignored: [is_output] } } })
};

/** Tells kit the scheme of each request's URL. @param {import('vite').ResolvedConfig} config */
function know_scheme(config) {
	const options = { configurable: true, get: () => (requests.getStore()?.secure ? {} : undefined) };
	Object.defineProperty(config.server, 'https', options);
	Object.defineProperty(config.preview, 'https', options);
}

/**
 * Returns the details of a request: from the Java front, or in its form.
 * @param {import('node:http').IncomingMessage} req
 * @param {import('./front.mjs').Visitor | null | undefined} visitor
 */
function context(req, visitor) {
	/** @param {string} name */
	const header = (name) => /** @type {string | undefined} */ (req.headers[name]);
	return {
		id: header('x-request-id'),
		traceparent: header('traceparent'),
		language: header('accept-language'),
		request: {
			method: req.method,
			address: visitor ? (visitor.address ?? '') : req.socket.remoteAddress,
			protocol: visitor?.protocol ?? `HTTP/${req.httpVersion}`
		}
	};
}

/** The request of `check`. @type {{ platform?: any } | undefined} */
const checked = request.check === null ? undefined : {};

const listen = {
	...(request.host === null ? {} : { host: request.host }),
	...(request.port === null ? {} : { port: request.port, strictPort: true }),
	...(checked ? { host: '127.0.0.1', port: 0, strictPort: false, open: false } : {})
};

/** @type {import('vite').InlineConfig} */
const config = {
	root: request.root,
	mode: request.mode,
	clearScreen: false,
	plugins: [
		...parts.pre,
		...(await load_plugins(request.plugins.pre)).map((plugin) => ({ ...plugin, enforce: 'pre' })),
		swap_adapter((kit) => {
			if (visits) visits.config = kit;
			return adapter;
		}),
		{ name: 'kitbridge-requests', enforce: 'pre', configureServer: know_requests, configurePreviewServer: know_requests },
		watch,
		...parts.post,
		...(await load_plugins(request.plugins.post)),
		...(front ? [front.plugin()] : []),
		...(application ? [application.plugin()] : [])
	],
	server: listen,
	preview: listen
};

try {
	const server = await start();
	const address = /** @type {import('node:net').AddressInfo} */ (server.httpServer?.address());
	if (request.check === null) {
		if (front) await stand_behind(front, server, address.port);
		const { local, network } = server.resolvedUrls ?? { local: [`http://localhost:${address.port}/`], network: [] };
		tell('R', [...local, ...network]);
	} else {
		tell('C', await check(`http://127.0.0.1:${address.port}`, request.check));
		// timers or sockets of the app may keep the process alive
		process.exit(0);
	}
} catch (error) {
	fail(error);
}

/** @param {any} error @returns {never} */
function fail(error) {
	const { message, stack } = error;
	console.error(stack ?? String(error));
	tell('E', String(message ?? error));
	process.exit(1);
}

async function start() {
	if (request.command === 'preview') return await vite.preview(config);
	// Vite's development server treats 0 as its default port
	if (listen.port === 0) Object.assign(listen, { port: await free_port(), strictPort: false });
	const server = await vite.createServer(config);
	return await server.listen();
}

/**
 * Asks Maven to open the front, and reports the front's addresses instead of Vite's.
 * @param {Front} front
 * @param {import('vite').ViteDevServer | import('vite').PreviewServer} server
 * @param {number} port
 */
async function stand_behind({ wanted, stands }, server, port) {
	if (!wanted || !stands) {
		console.warn('Vite serves HTTPS itself (server.https), so that the front of the adapter does not stand before it');
		return;
	}
	const { host, port: wanted_port, strict, open } = wanted;
	tell('V', { port, wanted: { host, port: wanted_port, strict } });
	/** @type {string[]} */
	const addresses = JSON.parse(String((await lines.next()).value));
	if (!addresses.length) process.exit(1);
	const urls = addresses.map((address) => new URL(server.config.base, address).href);
	const resolved = { local: urls.slice(0, 1), network: urls.slice(1) };
	// Vite sets it again after a restart
	Object.defineProperty(server, 'resolvedUrls', { configurable: true, enumerable: true, get: () => resolved, set() {} });
	if (open && 'openBrowser' in server) {
		server.config.server.open = open;
		server.openBrowser();
	}
}

/** @param {string} origin @param {string} path */
async function check(origin, path) {
	const response = await fetch(new URL(path, origin), { redirect: 'manual', headers: { accept: 'text/html,*/*;q=0.8' } });
	await response.arrayBuffer();
	return { status: response.status, location: response.headers.get('location'), platform: checked?.platform ?? null };
}

/**
 * Writes a line for Maven itself.
 * @param {string} kind
 * @param {unknown} value
 */
function tell(kind, value) {
	process.stdout.write(`\x1e\x1e${kind}${JSON.stringify(value)}\n`);
}

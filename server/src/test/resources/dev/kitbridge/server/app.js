// Stands for an app's `server` object: what it does is decided by the path.
import process from 'node:process';
import { inspect } from 'node:util';
import { answers } from './answers.js';
import { cases } from './cases.js';
import { kept } from './kept.js';

const aborted = [];
const asked = {};
const gates = new Map();

/** @param {string} name */
function gate(name) {
	if (!gates.has(name)) {
		let open;
		const opened = new Promise((fulfil) => (open = fulfil));
		gates.set(name, { open, opened });
	}
	return gates.get(name);
}

process.on('sveltekit:shutdown', (reason) => console.log(`shutdown ${reason}`));

const routes = {
	'/hello': () => new Response('hello', { headers: { 'content-type': 'text/plain' } }),
	'/pid': () => new Response(String(process.pid)),
	'/answers': (request) => answers[new URL(request.url).search.slice(1)](request),
	'/arguments': () => Response.json(process.execArgv),
	'/environment': () => Response.json(Object.keys(process.env).filter((name) => name.startsWith('KITBRIDGE_'))),
	'/url': (request) => new Response(`${request.method} ${request.url}`),
	'/fields': (request) => Response.json([...request.headers]),
	'/empty': () => new Response(null, { status: 204 }),
	'/platform': (request, { platform }) => Response.json(platform),
	'/missing': () => new Response('<h1>404</h1>', { status: 404, headers: { 'content-type': 'text/html' } }),
	'/cached': () => new Response('cached', { headers: { 'cache-control': 'max-age=60' } }),
	'/csrf': (request, { platform }) => new Response(platform.csrf.token),
	'/csrf-unread': (request, { platform: { csrf } }) => new Response(csrf ? 'nothing' : 'missing'),
	'/fetch': async (request) => {
		const { pathname, searchParams } = new URL(request.url);
		const headers = { 'x-visitor': request.headers.get('x-visitor') ?? '' };
		const response = await fetch(new URL(searchParams.get('url') ?? pathname, request.url), {
			method: request.method,
			headers,
			body: request.body,
			duplex: 'half'
		});
		return new Response(`${response.status} ${await response.text()}`);
	},
	'/address': (request, { getClientAddress }) => {
		try {
			return new Response(getClientAddress());
		} catch (error) {
			return new Response(error.message, { status: 500 });
		}
	},
	'/cookies': () => {
		const response = new Response('');
		response.headers.append('set-cookie', 'a=1; Path=/');
		response.headers.append('set-cookie', 'b=2, 3; Path=/');
		return response;
	},
	'/throw': () => {
		throw new Error('thrown by the app');
	},
	'/large': () => new Response('x'.repeat(3_000_000)),
	'/events': () => new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } }),
	// the first piece, and the second when somebody opens the gate
	'/first': ({ url }) =>
		new Response(
			new ReadableStream({
				async start(controller) {
					controller.enqueue(new TextEncoder().encode('first'));
					await gate(new URL(url).search.slice(1) || 'first').opened;
					controller.enqueue(new TextEncoder().encode('second'));
					controller.close();
				}
			})
		),
	'/open': (request) => {
		gate(new URL(request.url).search.slice(1)).open();
		return new Response('open');
	},
	'/waits': async (request) => {
		const name = new URL(request.url).search.slice(1);
		console.log(`waits for ${name}`);
		await gate(name || 'breaks').opened;
		return new Response(`after ${name}`);
	},
	'/endless': ({ url }) =>
		new Response(
			new ReadableStream(
				{
					pull(controller) {
						asked[new URL(url).search] = 1 + (asked[new URL(url).search] ?? 0);
						controller.enqueue(new Uint8Array(16 * 1024));
					},
					cancel: () => void aborted.push('stream')
				},
				{ highWaterMark: 0 }
			)
		),
	'/breaks': ({ url }) => {
		const name = new URL(url).search.slice(1);
		const first = new Uint8Array(name.startsWith('sized') ? 100_000 : 10);
		return new Response(
			new ReadableStream({
				async start(controller) {
					controller.enqueue(first);
					await gate(name || 'breaks').opened;
					controller.error(new Error('broke off'));
				}
			}),
			{ headers: name.startsWith('sized') ? { 'content-length': '100010' } : {} }
		);
	},
	'/asked': ({ url }) => new Response(String(asked[new URL(url).search] ?? 0)),
	'/never': (request) => {
		request.signal.addEventListener('abort', () => aborted.push('request'));
		console.log('never answers');
		return new Promise(() => {});
	},
	'/aborted': () => Response.json(aborted),
	'/lingers': () => {
		process.on('sveltekit:shutdown', () => setInterval(() => {}, 1000));
		return new Response('lingers');
	},
	'/bytes': ({ url }) => {
		let left = Number(new URL(url).search.slice(1));
		return new Response(
			new ReadableStream({
				pull: (controller) => (left-- > 0 ? controller.enqueue('a') : controller.close())
			})
		);
	},
	'/echo': (request) => new Response(request.body, { headers: { 'content-type': 'application/octet-stream' } }),
	'/text': async (request) => {
		try {
			return new Response(await request.text());
		} catch (error) {
			return new Response(error.message, { status: error.status ?? 400 });
		}
	},
	'/slow-reader': async (request) => {
		const reader = request.body.getReader();
		let size = (await reader.read()).value.byteLength;
		console.log('has read a piece');
		await gate(new URL(request.url).search.slice(1) || 'reader').opened;
		for (let next = await reader.read(); !next.done; next = await reader.read()) size += next.value.byteLength;
		return new Response(String(size));
	},
	// evaluates the query, an expression or statements, with `platform`
	'/run': async (request, { platform }) => {
		const code = decodeURIComponent(new URL(request.url).search.slice(1));
		const body = /\breturn\b|;|^for /.test(code) ? code : `return ${code}`;
		try {
			const run = new Function('platform', `return (async () => { ${body} })()`);
			return new Response(inspect(await run(platform), { breakLength: Infinity, compact: 100, depth: 9 }));
		} catch (error) {
			const kit = error.body ? `HttpError ${error.status} ` : '';
			return new Response(`${kit}${error.name}: ${error.message}`);
		}
	},
	'/log': (request) => {
		const size = Number(new URL(request.url).search.slice(1));
		process.stdout.write(`line of ${size} `.padEnd(size, 'x') + (size === 20 ? '\r\n' : '\n'));
		return new Response('logged');
	},
	'/exit': () => {
		console.error('the app gives up');
		process.exit(3);
	},
	'/abort': () => process.abort(),
	'/kill': () => {
		process.kill(process.pid, 'SIGKILL');
		return new Promise(() => {});
	},
	'/reject': () => {
		void Promise.reject(new Error('nobody handles it'));
		return new Promise(() => {});
	},
	'/loop': () => {
		console.log('loops');
		for (;;);
	},
	'/leak': () => {
		(globalThis.kept ??= []).push(Array.from({ length: 25_000 }, (_, i) => ({ i })));
		return new Response('kept');
	}
};

export const server = {
	async init({ env }) {
		if (env.APP_START === 'fails') throw new Error('no database');
		if (env.APP_START === 'loops') {
			console.log(`loops ${process.pid}`);
			for (;;);
		}
	},
	async respond(request, options) {
		const { pathname } = new URL(request.url);
		const route = { kept, case: cases }[pathname.split('/')[1]] ?? routes[pathname];
		return route ? route(request, options) : new Response('Not Found', { status: 404 });
	}
};

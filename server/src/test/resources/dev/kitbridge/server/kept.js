// Pages for the tests of the page cache: the first part of the path describes the response as JSON in base64url.
import { Buffer } from 'node:buffer';

const renders = {};
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

/** @param {Request} request @param {any} options */
export function kept(request, options) {
	const { pathname, search } = new URL(request.url);
	if (pathname === '/kept/open') {
		gate(search.slice(1)).open();
		return new Response('open');
	}
	const number = (renders[pathname] = (renders[pathname] ?? 0) + 1);
	const [, , code] = pathname.split('/');
	const described = JSON.parse(Buffer.from(code, 'base64url').toString());
	const spec = number > 1 && described.later ? { ...described, ...described.later } : described;
	const handle = () => render(request, options, spec, number, search);
	if (!options.before_handle) return handle();
	const respond = () => options.before_handle({ isSubRequest: false, isRemoteRequest: !!spec.remote }, spec.config ?? {}, false, handle);
	if (!spec.fetches) return respond();
	// kit calls it for the route that a page fetches, too
	return options.before_handle({ isSubRequest: true }, spec.fetches, false, respond);
}

/** @param {Request} request @param {any} options @param {any} spec @param {number} number @param {string} search */
async function render(request, options, spec, number, search) {
	if (spec.waits) {
		console.log(`renders ${spec.waits} ${number}`);
		await gate(`${spec.waits}-${number}`).opened;
	}
	const read = () => {
		for (const name of spec.reads ?? []) name === 'address' ? options.getClientAddress() : options.platform[name];
		if (spec.tags) options.platform.cache.tag(...spec.tags);
		if (spec.lists) Object.keys(options.platform);
		if (spec.has) 'user' in options.platform;
	};
	if (!spec.late) read();
	const result = spec.revalidates && JSON.stringify(await options.platform.cache.revalidate(spec.revalidates).catch((error) => error.message));
	const loaded = spec.loads ? await (await fetch(new URL(spec.loads, request.url))).text() : '';
	const called = spec.calls ? await options.platform.services.shop[spec.calls]().catch((error) => error.message) : '';
	const name = (header) => request.headers.get(header) ?? '-';
	const { etag } = spec.headers ?? {};
	if (etag && name('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });
	// as kit does for remote functions
	const page = ['x-sveltekit-pathname', 'x-sveltekit-search'].map((header) => (request.headers.has(header) ? ` ${name(header)}` : '')).join('');
	const text = `${number} query=${search} cookie=${name('cookie')} language=${name('accept-language')}${page} ${spec.body ?? ''}${result ?? ''}${loaded}${called}`;
	return new Response([204, 304].includes(spec.status) ? null : body(text, spec, read), { status: spec.status ?? 200, headers: spec.headers });
}

/** @param {string} text @param {any} spec @param {() => void} read */
function body(text, spec, read) {
	if (spec.fills) return text.padEnd(spec.fills, 'x');
	if (!spec.streams) return text;
	return new ReadableStream({
		async start(controller) {
			controller.enqueue(new TextEncoder().encode(text));
			await new Promise((fulfil) => setTimeout(fulfil, 20));
			if (spec.late) read();
			if (spec.streams === 'breaks') return controller.error(new Error('broke off'));
			controller.enqueue(new TextEncoder().encode(' end'));
			if (spec.streams === 'ends') controller.close();
		}
	});
}

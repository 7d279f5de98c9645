const bytes = (length) => Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) % 256);

const answers = {
	'nothing': () => new Response(null),
	'empty-text': () => new Response(''),
	'no-content': () => new Response(null, { status: 204 }),
	'not-modified': () => new Response(null, { status: 304, headers: { etag: '"own"' } }),
	'reset-content': () => new Response(null, { status: 205 }),
	'teapot': () => new Response('short and stout', { status: 418, statusText: 'Teapot' }),
	'created': () => Response.json({ made: true }, { status: 201, headers: { location: '/made' } }),
	'status-299': () => new Response('two', { status: 299 }),
	'status-599': () => new Response('five', { status: 599 }),
	'binary': () => new Response(bytes(1000)),
	'blob': () => new Response(new Blob(['a blob'], { type: 'text/x-blob' })),
	'large': () => new Response(bytes(3_000_000), { headers: { 'content-type': 'application/octet-stream' } }),
	'large-text': () => new Response('0123456789'.repeat(60_000)),
	'window': () => new Response(bytes(256 * 1024)),
	'own-length': () => new Response('twelve bytes', { headers: { 'content-length': '12' } }),
	'own-length-stream': () => new Response(stream(['twelve', ' bytes']), { headers: { 'content-length': '12' } }),
	'etag': () => new Response('tagged', { headers: { etag: '"tag"', 'cache-control': 'max-age=5' } }),
	'latin1': () => new Response('named', { headers: { 'x-name': 'gr\u00f6\u00dfe \u00ff' } }),
	'many': () => {
		const headers = new Headers({ vary: 'accept', link: '</a>; rel=preload' });
		headers.append('vary', 'cookie');
		headers.append('link', '</b>; rel=preload');
		headers.append('x-empty', '');
		return new Response('many', { headers });
	},
	'server': () => new Response('who', { headers: { server: 'lab/1', 'x-powered-by': 'steam' } }),
	'date': () => new Response('when', { headers: { date: 'Thu, 01 Jan 1970 00:00:00 GMT' } }),
	'close': () => new Response('bye', { headers: { connection: 'close' } }),
	'chunked': () => new Response('in pieces', { headers: { 'transfer-encoding': 'chunked' } }),
	'encoded': () => new Response(Uint8Array.of(3, 0), { headers: { 'content-encoding': 'br', 'content-type': 'text/plain' } }),
	'stream': () => new Response(stream(['one ', 'two ', 'three'])),
	'stream-late': () => new Response(stream(['one ', 'two ', 'three'], true)),
	'stream-empty': () => new Response(stream([])),
	'stream-empty-chunks': () => new Response(stream(['', 'a', '', 'b', ''], true)),
	'stream-broken': () => new Response(broken()),
	'stream-large': () => new Response(large()),
	'events': () => new Response(stream(['data: 1\n\n', 'data: 2\n\n'], true), { headers: { 'content-type': 'text/event-stream' } }),
	'events-with-charset': () => new Response(stream(['data: 1\n\n'], true), { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
	'long-header': () => new Response('long', { headers: { 'x-long': 'l'.repeat(6000) } }),
	'headers-40k': () => new Response('long', { headers: { 'x-long': 'l'.repeat(40_000) } }),
	'chunk-text': () => new Response(chunks('gr\u00f6\u00dfe ', 'text')),
	'chunk-text-late': () => new Response(chunks('one ', null, 'gr\u00f6\u00dfe ', 'three')),
	'chunk-number': () => new Response(chunks(42)),
	'chunk-number-late': () => new Response(chunks('one ', null, 42)),
	'chunk-object': () => new Response(chunks({ byteLength: 3 })),
	'error-at-once': () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error('The hose was cut')) })),
	'control': () => new Response('x', { headers: { 'x-test': 'a\u001fb' } }),
	'delete': () => new Response('x', { headers: { 'x-test': 'a\u007fb' } }),
	'length-abc': () => new Response('twelve bytes', { headers: { 'content-length': 'abc' } }),
	'length-negative': () => new Response('twelve bytes', { headers: { 'content-length': '-5' } }),
	'length-huge': () => new Response('twelve bytes', { headers: { 'content-length': '99999999999999999999' } }),
	'length-small': () => new Response('twelve bytes', { headers: { 'content-length': '3' } }),
	'length-large': () => new Response('twelve bytes', { headers: { 'content-length': '100' } }),
	'length-large-stream': () => new Response(stream(['twelve', ' bytes'], true), { headers: { 'content-length': '100' } }),
	'length-204': () => new Response(null, { status: 204, headers: { 'content-length': '5' } }),
	'length-304': () => new Response(null, { status: 304, headers: { 'content-length': '5' } })
};

/** A stream of values as they are; after a null, it takes its time. */
function chunks(...values) {
	return new ReadableStream({
		async start(controller) {
			for (const value of values) {
				if (value === null) await new Promise((fulfil) => setTimeout(fulfil, 50));
				else controller.enqueue(value);
			}
			controller.close();
		}
	});
}

function stream(parts, late = false) {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async start(controller) {
			for (const part of parts) {
				if (late) await new Promise((fulfil) => setTimeout(fulfil, 10));
				controller.enqueue(encoder.encode(part));
			}
			controller.close();
		}
	});
}

function broken() {
	return new ReadableStream({
		async start(controller) {
			controller.enqueue(new TextEncoder().encode('as far as here'));
			await new Promise((fulfil) => setTimeout(fulfil, 50));
			controller.error(new Error('The hose burst'));
		}
	});
}

function large() {
	let sent = 0;
	return new ReadableStream({
		async pull(controller) {
			await new Promise((fulfil) => setImmediate(fulfil));
			controller.enqueue(bytes(100_000));
			if (++sent === 20) controller.close();
		}
	});
}

/** `?what=` says which. */
export const GET = ({ url }) => answers[url.searchParams.get('what')]();

export const POST = GET;

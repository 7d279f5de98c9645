// What an app may answer with, by name: what `Response` allows and HTTP does not, and objects that only look like a `Response`.

const encode = (text) => new TextEncoder().encode(text);

/** Two turns of the event loop: the head of the response has been sent then. */
const later = () => new Promise((fulfil) => setImmediate(() => setImmediate(fulfil)));

const stream = (...chunks) =>
	new ReadableStream({
		start(controller) {
			for (const chunk of chunks) controller.enqueue(chunk);
			controller.close();
		}
	});

/** The first chunk at once, the others after the head. */
const late = (first, ...others) =>
	new ReadableStream({
		async start(controller) {
			controller.enqueue(first);
			await later();
			for (const chunk of others) controller.enqueue(chunk);
			controller.close();
		}
	});

/** A response that says something else of itself. */
const having = (members, body = 'twelve bytes') =>
	Object.defineProperties(
		new Response(body),
		Object.fromEntries(Object.entries(members).map(([name, value]) => [name, { value }]))
	);

const headers = (fields, body = 'twelve bytes') => new Response(body, { headers: fields });
const length = (value, body) => headers({ 'content-length': value }, body);

const unprintable = {
	[Symbol.for('nodejs.util.inspect.custom')]() {
		throw new Error('unprintable');
	},
	toString() {
		throw new Error('unprintable');
	}
};

export const answers = {
	'chunk-text': () => new Response(stream('gr\u00f6\u00dfe ', encode('bytes '), '', '\u20ac')),
	'chunk-text-late': () => new Response(late('one ', 'two ', encode('three'))),
	'chunk-number': () => new Response(stream(42)),
	'chunk-number-late': () => new Response(late('one ', 42, 'three')),
	'chunk-null': () => new Response(stream(null)),
	'chunk-undefined': () => new Response(stream(undefined)),
	'chunk-object': () => new Response(stream({ length: 3, byteLength: 3 })),
	'chunk-bigint': () => new Response(stream(1n)),
	'chunk-symbol': () => new Response(stream(Symbol('chunk'))),
	'chunk-array-buffer': () => new Response(stream(new ArrayBuffer(3))),
	'chunk-uint16': () => new Response(stream(new Uint16Array(3))),
	'chunk-lies': () =>
		new Response(
			stream(
				new (class extends Uint8Array {
					get byteLength() {
						return NaN;
					}
				})(encode('three'))
			)
		),
	// its memory is given away after it was read, before it is sent
	'chunk-detached': () => {
		const chunk = encode('gone');
		return new Response(
			new ReadableStream({
				async pull(controller) {
					controller.enqueue(chunk);
					await null;
					await null;
					await null;
					controller.close();
					structuredClone(chunk.buffer, { transfer: [chunk.buffer] });
				}
			})
		);
	},
	'bytes': () =>
		new Response(
			new ReadableStream({
				type: 'bytes',
				start(controller) {
					controller.enqueue(encode('bytes'));
					controller.close();
				}
			})
		),
	'error-at-once': () => new Response(new ReadableStream({ start: (controller) => controller.error(new Error('broke at once')) })),
	'error-late': () =>
		new Response(
			new ReadableStream({
				async start(controller) {
					controller.enqueue(encode('one '));
					await later();
					controller.error(new Error(`broke later ${'x'.repeat(500_000)}`));
				}
			})
		),
	'error-odd': () => new Response(new ReadableStream({ start: (controller) => controller.error(unprintable) })),
	'status-0': () => Response.error(),
	'status-101': () => having({ status: 101 }, null),
	'status-1000': () => having({ status: 1000 }),
	'status-symbol': () => having({ status: Symbol('status') }),
	'body-204': () => having({ status: 204 }),
	'body-304': () => having({ status: 304 }),
	'length-204': () => new Response(null, { status: 204, headers: { 'content-length': '5' } }),
	'length-304': () => new Response(null, { status: 304, headers: { 'content-length': '5' } }),
	'no-length-304': () => new Response(null, { status: 304 }),
	'control': () => headers({ 'x-test': 'a\u001fb' }),
	'headers-map': () => having({ headers: new Map([['x-test', ['1', '2']]]) }),
	'headers-line': () => having({ headers: new Map([['x-test', 'b\r\nx-injected: 1']]) }),
	'headers-wide': () => having({ headers: new Map([['x-test', 'b\u010d\u010ax-injected: 1']]) }),
	'headers-nul': () => having({ headers: new Map([['x-test', 'b\0x-injected\x001']]) }),
	'headers-name': () => having({ headers: new Map([['x-a: 1\r\nx-b', 'c']]) }),
	'headers-undefined': () => having({ headers: new Map([['x-test', undefined]]) }),
	'headers-plain': () => having({ headers: { 'x-test': 'b' } }),
	'headers-40k': () => headers({ 'x-large': 'x'.repeat(40_000) }),
	'headers-40k-body': () => headers({ 'x-large': 'x'.repeat(40_000) }, 'x'.repeat(300_000)),
	'headers-70k': () => headers({ 'x-large': 'x'.repeat(70_000) }),
	'length-abc': () => length('abc'),
	'length-abc-late': () => length('abc', late('one ', 'two')),
	'length-negative': () => length('-5'),
	'length-twice': () => headers([['content-length', '12'], ['content-length', '12']]),
	'length-huge': () => length('99999999999999999999'),
	'length-small': () => length('3'),
	'length-large': () => length('100'),
	'length-small-late': () => length('5', late('one ', 'two')),
	'length-smaller-late': () => length('3', late('one ', 'two')),
	'length-large-late': () => length('100', late('one ', 'two')),
	'length-right-late': () => length('7', late('one ', 'two')),
	'length-null': () => length('5', null),
	'framing': () => headers({ 'transfer-encoding': 'gzip, chunked', 'content-length': '12' }),
	'locked': () => {
		const response = new Response('locked');
		response.body.getReader();
		return response;
	},
	'object': () => ({ status: 200, headers: new Headers(), body: 'text' }),
	'text': () => 'text',
	'null': () => null,
	'body-throws': () => Object.defineProperty(new Response(''), 'body', { get: () => { throw new Error('no body'); } }),
	'reader-odd': () => having({ body: { locked: false, getReader: () => ({ read: () => 7, cancel() {} }) } }),
	'reader-throws': () =>
		having({
			body: {
				locked: false,
				getReader: () => ({
					read() {
						throw new Error('cannot read');
					},
					cancel() {
						throw new Error('cannot cancel');
					}
				})
			}
		}),
	'source-is-cancelled': () =>
		new Response(new ReadableStream({ cancel: () => console.log('the source of a failed answer is cancelled') }), {
			headers: { 'x-test': 'a\u001fb' }
		}),
	'listener-is-told': (request) => {
		request.signal.addEventListener('abort', () => console.log('the request of a failed answer is aborted'));
		return new Response(late('one ', 42));
	}
};

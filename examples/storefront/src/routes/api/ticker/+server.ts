import { list } from '#lib/server/catalogue.ts';

const verbs = ['wrapped', 'labelled', 'checked', 'sharpened', 'oiled'];

/** A whole number from the query, clamped to bounds. */
function within(text: string | null, fallback: number, least: number, most: number) {
	const n = text === null ? NaN : Number(text);
	return Number.isInteger(n) ? Math.min(Math.max(n, least), most) : fallback;
}

/** Sends events until the client disconnects or `?count=` is reached; `?every=` is the interval in milliseconds. */
export async function GET({ url }) {
	const last = within(url.searchParams.get('count'), Infinity, 1, 1000);
	const every = within(url.searchParams.get('every'), 2000, 10, 60_000);
	const products = await list();
	const encoder = new TextEncoder();
	let timer: NodeJS.Timeout;
	let n = 0;

	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			const tick = () => {
				const { name } = products[n % products.length]!;
				n += 1;
				const data = JSON.stringify({ n, text: `${name} ${verbs[n % verbs.length]}` });
				controller.enqueue(encoder.encode(`id: ${n}\ndata: ${data}\n\n`));
				if (n >= last) {
					clearInterval(timer);
					controller.close();
				}
			};
			timer = setInterval(tick, every);
			tick();
		},
		cancel() {
			clearInterval(timer);
		}
	});

	return new Response(body, {
		headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
	});
}

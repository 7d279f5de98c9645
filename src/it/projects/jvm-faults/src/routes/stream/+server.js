import { produced } from '../produced/produced.js';

export const prerender = false;

export const GET = () =>
	new Response(
		new ReadableStream({
			pull(controller) {
				produced.bytes += 65536;
				controller.enqueue(new Uint8Array(65536));
			},
			cancel() {
				produced.ended++;
			}
		})
	);

/** Sends what happens in the library as server-sent events, until the client disconnects. */
export function GET({ platform }) {
	const events = platform!.services.activity.follow()[Symbol.asyncIterator]();
	const encoder = new TextEncoder();

	const body = new ReadableStream<Uint8Array>({
		start(controller) {
			// so that the response begins before the first event
			controller.enqueue(encoder.encode(': open\n\n'));
		},
		async pull(controller) {
			const { done, value } = await events.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`));
		},
		async cancel() {
			await events.return?.();
		}
	});

	return new Response(body, {
		headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
	});
}

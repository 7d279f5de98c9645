/** Sends the second event only when the first was read: the query of the next request opens the gate. */
let open = () => {};
export function GET({ url }) {
	if (url.searchParams.has('open')) {
		open();
		return new Response('open');
	}
	const text = new TextEncoder();
	return new Response(
		new ReadableStream({
			async start(controller) {
				controller.enqueue(text.encode('first'));
				await new Promise((resolve) => (open = resolve));
				controller.enqueue(text.encode('second'));
				controller.close();
			}
		}),
		{ headers: { 'content-type': 'text/event-stream' } }
	);
}

/** @type {import('@sveltejs/kit').Handle} */
export async function handle({ event, resolve }) {
	const wanted = event.request.headers.get('x-handle');
	if (wanted === 'throw') throw new Error('The handle came off');
	if (wanted === 'answer') return new Response('from handle\n');

	const response = await resolve(event);
	response.headers.set('x-handled', `${event.route.id} ${event.isDataRequest}`);
	return response;
}

/** @type {import('@sveltejs/kit').HandleServerError} */
export function handleError({ event }) {
	return { message: `Broken: ${event.url.pathname}` };
}

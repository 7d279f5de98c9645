/** @type {import('@sveltejs/kit').Handle} */
export async function handle({ event, resolve }) {
	const response = await resolve(event);
	// kit itself forbids that the response of a remote function is stored
	if (/\/remote\/\w+\/shared$/.test(new URL(event.request.url).pathname)) response.headers.set('cache-control', 's-maxage=60');
	return response;
}

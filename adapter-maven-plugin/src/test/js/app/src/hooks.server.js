/** @type {import('@sveltejs/kit').Handle} */
export const handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	response.headers.set('x-answered-by', 'hooks');
	return response;
};

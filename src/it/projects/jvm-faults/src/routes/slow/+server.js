export const prerender = false;

export const GET = async () => {
	console.log('slow begins');
	await new Promise((fulfil) => setTimeout(fulfil, 1500));
	return new Response('slow');
};

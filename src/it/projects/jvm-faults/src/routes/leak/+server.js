export const prerender = false;

const kept = [];

export const GET = () => {
	kept.push(Array.from({ length: 25_000 }, (_, i) => ({ i })));
	return new Response('kept');
};

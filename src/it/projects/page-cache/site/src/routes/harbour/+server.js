export const prerender = false;
export const config = { cache: { ttl: 1, unknown: true } };

export const GET = () => new Response('open');

export const prerender = true;

export const GET = () => new Response('<feed/>', { headers: { 'content-type': 'application/atom+xml' } });

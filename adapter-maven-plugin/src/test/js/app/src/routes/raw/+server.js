export const GET = () => new Response('raw');
export const fallback = () => new Response('any method');

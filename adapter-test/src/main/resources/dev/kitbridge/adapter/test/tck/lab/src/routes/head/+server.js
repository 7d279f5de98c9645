export const GET = () => new Response('the body of GET');

/** Like a handler that does not make the body, and does not know its length. */
export const HEAD = ({ url }) => new Response(null, { headers: url.search ? { 'content-length': '15' } : {} });

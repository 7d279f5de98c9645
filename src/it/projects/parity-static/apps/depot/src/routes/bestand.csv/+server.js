export const prerender = true;
export const trailingSlash = 'never';

export const GET = () => new Response('halle;plätze\nnord;40\nsüd;25\n', { headers: { 'content-type': 'text/csv' } });

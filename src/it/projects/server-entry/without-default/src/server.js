export const fetch = () => new Response('tides');

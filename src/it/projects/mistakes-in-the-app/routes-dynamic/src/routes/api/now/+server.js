export const GET = () => new Response('noon');

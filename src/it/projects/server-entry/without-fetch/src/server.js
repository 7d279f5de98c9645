export default { handle: () => new Response('tides') };

import { tides } from 'sveltekit:tides';

export default { fetch: () => new Response(tides) };

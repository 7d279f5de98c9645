import { env } from 'sveltekit:env';
import { Server, type ServerEntry } from 'sveltekit:server';
import { manifest } from 'sveltekit:server-manifest';

const server = new Server(manifest);
await server.init({ env });

export default {
	async fetch(request, { getClientAddress, platform }) {
		if (manifest.assets.has(new URL(request.url).pathname.slice(1))) return new Response(env.TIDE_STATION);
		const crossings = (await platform?.services.timetable.from('North', 1)) ?? [];
		if (!crossings.length) return new Response(null, { status: 404 });
		return server.respond(request, { getClientAddress, platform });
	}
} satisfies ServerEntry;

import.meta.hot?.accept();

import { env } from 'sveltekit:env';
import { Server } from 'sveltekit:server';
import { manifest } from 'sveltekit:server-manifest';
import { counter } from './counter.js';

const server = new Server(manifest);
await server.init({ env });

export default {
	async fetch(request, options) {
		const { pathname } = new URL(request.url);
		if (pathname === '/station') return new Response(`${env.TIDE_STATION} ${env.KITBRIDGE_SECRET}`);
		if (pathname === '/nothing') return;
		counter.entered++;
		const response = await server.respond(request, options);
		response.headers.set('x-station', env.TIDE_STATION);
		return response;
	}
};

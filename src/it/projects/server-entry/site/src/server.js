import { env } from 'sveltekit:env';
import { Server } from 'sveltekit:server';
import { manifest } from 'sveltekit:server-manifest';
import { read } from '$app/server';
import { counter } from './counter.js';
import gauge from './routes/gauge/gauge.txt?url';

const server = new Server(manifest);
await server.init({ env });

/** Sends the rest of the stream. @type {() => void} */
let turn;

function tides() {
	const encoder = new TextEncoder();
	return new ReadableStream({
		start(controller) {
			controller.enqueue(encoder.encode('high, '));
			turn = () => {
				controller.enqueue(encoder.encode('low'));
				controller.close();
			};
		}
	});
}

export default {
	async fetch(request, options) {
		const { pathname } = new URL(request.url);
		if (pathname === '/station') return new Response(`${env.TIDE_STATION} ${env.KITBRIDGE_SECRET}`);
		// a link on a prerendered page
		if (pathname === '/chart.txt') return new Response(`Chart of ${env.TIDE_STATION}`);
		if (pathname === '/measured') return read(gauge);
		if (pathname === '/files') return new Response(`${manifest.assets.has('buoy.txt')} ${manifest.assets.has('whale.txt')}`);
		if (pathname === '/nothing') return;
		if (pathname === '/storm') throw new Error('no tide in a storm');
		if (pathname === '/tides') return new Response(tides());
		if (pathname === '/turn') return new Response(`${turn()}`);
		if (pathname === '/alone') return server.respond(new Request(new URL('/now', request.url)), { platform: 'own' });
		counter.entered++;
		const response = await server.respond(request, options);
		response.headers.set('x-station', env.TIDE_STATION);
		return response;
	}
};

import.meta.hot?.accept();

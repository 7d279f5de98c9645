import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

const { Overlay } = await import(pathToFileURL(join(MODULES, 'overlay.mjs')).href);
const { is_advice } = await import(pathToFileURL(join(MODULES, 'child.mjs')).href);

/** Vite's server as far as the overlay knows it. */
class Sockets extends EventEmitter {
	/** @type {any[]} */
	sent = [];

	/** @param {any} payload */
	send(payload) {
		this.sent.push(payload);
	}

	/** Connects a page, and returns the messages that it gets. @param {string} protocol */
	connect(protocol = 'vite-hmr') {
		/** @type {any[]} */
		const told = [];
		this.emit('connection', { protocol, send: (/** @type {string} */ text) => told.push(JSON.parse(text)) });
		return told;
	}
}

const error = { name: 'ServiceFailed', message: 'catalog.byId failed', stack: 'ServiceFailed: x\n    at load (src/routes/+page.server.js:1:2)' };
const shown = { type: 'error', err: { message: 'ServiceFailed: catalog.byId failed', stack: '    at load (src/routes/+page.server.js:1:2)' } };

test('a page that is loaded shows the error once it has connected, and no other page does', () => {
	const ws = new Sockets();
	const overlay = new Overlay({ ws });
	overlay.show({ headers: { 'sec-fetch-dest': 'document' }, url: '/' }, error);
	assert.deepEqual(ws.sent, []);
	assert.deepEqual(ws.connect('vite-ping'), []);
	assert.deepEqual(ws.connect(), [shown]);
	assert.deepEqual(ws.connect(), []);
});

test('a page that navigates is connected, and shows the error at once', () => {
	const ws = new Sockets();
	new Overlay({ ws }).show({ headers: { 'sec-fetch-dest': 'empty' }, url: '/product/__data.json?x=1' }, error);
	assert.deepEqual(ws.sent, [shown]);
});

test('an endpoint that fails is the affair of the page that asked', () => {
	const ws = new Sockets();
	new Overlay({ ws }).show({ headers: { 'sec-fetch-dest': 'empty' }, url: '/api/products' }, error);
	assert.deepEqual(ws.sent, []);
	assert.deepEqual(ws.connect(), []);
});

test('advice for somebody without Maven is left out, and nothing else', () => {
	assert.ok(is_advice('\nRun \x1b[1m\x1b[36mnpm run preview\x1b[39m\x1b[22m to preview your production build locally.'));
	assert.ok(is_advice('\x1b[33m[PLUGIN_TIMINGS] Warning: Your build spent significant time in plugins. Here is a breakdown:\n  - a (64%)\x1b[39m'));
	assert.ok(!is_advice('Run npm run preview to see [PLUGIN_TIMINGS]'));
	assert.ok(!is_advice('[UNRESOLVED_IMPORT] Warning: Could not resolve x'));
	assert.ok(!is_advice('(!) Some chunks are larger than 500 kB after minification.'));
});

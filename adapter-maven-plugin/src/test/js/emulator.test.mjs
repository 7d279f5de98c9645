import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { MODULES } from './support.mjs';

const { platform, read_support, route_definition } = await import(pathToFileURL(join(MODULES, 'emulator.mjs')).href);

/** In a thread of its own: whoever waits for an answer stands still. */
const MAVEN = `
const { parentPort } = require('node:worker_threads');
const server = require('node:http').createServer(async (request, response) => {
	let text = '';
	for await (const part of request) text += part;
	const asked = JSON.parse(text);
	if (asked.config.broken) return response.writeHead(500).end('no answer today');
	response.end(JSON.stringify(
		request.url === '/secret/read'
			? { refusal: asked.config.berth ? 'no files in ' + asked.id : null }
			: { platform: { asked } }
	));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** @type {Worker} */
let maven;
let url = '';
before(async () => {
	maven = new Worker(MAVEN, { eval: true });
	url = await new Promise((fulfil) => maven.once('message', (port) => fulfil(`http://127.0.0.1:${port}/secret`)));
});
after(() => maven.terminate());

const nobody = { context: {}, missing: null };

test('a platform is made of config and prerender option', async () => {
	assert.deepEqual(await platform(url, { config: { a: 1 }, prerender: 'auto' }, nobody), {
		asked: { config: { a: 1 }, prerender: 'AUTO' }
	});
	assert.deepEqual(await platform(url, {}, nobody), { asked: { config: {}, prerender: 'FALSE' } });
	await assert.rejects(platform(url, { config: { broken: true } }, nobody), { message: 'emulate: no answer today' });
});

test('whether a route may read is answered at once', () => {
	const refusal = read_support(url);
	assert.equal(refusal({ route: { id: '/a' }, config: {} }), null);
	assert.equal(refusal({ route: { id: '/a' }, config: { berth: 7 } }), 'no files in /a');
	assert.equal(refusal({ route: { id: '/b' }, config: { berth: 7 } }), 'no files in /b');
	assert.throws(() => refusal({ route: { id: '/a' }, config: { broken: true } }), { message: 'emulate: no answer today' });
});

test('a route is described by its id', () => {
	const { segments, pattern } = route_definition('/(shop)/blog/[slug]-[x+2e]/[[page]]/[...rest]');
	assert.deepEqual(segments, [
		{ dynamic: false, rest: false, content: 'blog' },
		{ dynamic: true, rest: false, content: '[slug]-[x+2e]' },
		{ dynamic: true, rest: false, content: '[[page]]' },
		{ dynamic: true, rest: true, content: '[...rest]' }
	]);
	assert.equal(pattern, '^\\/blog\\/([^/]+?)-\\.(?:\\/([^/]+))?(?:\\/([^]*))?\\/?$');
	assert.equal(route_definition('/').pattern, '^\\/$');
	assert.equal(route_definition('/(shop)').pattern, '^\\/$');
	assert.equal(route_definition('/blog/[slug]').pattern, '^\\/blog\\/([^/]+?)\\/?$');
});

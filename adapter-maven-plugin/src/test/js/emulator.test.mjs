import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { MODULES } from './support.mjs';

const { platform, read_support, route_definition } = await import(pathToFileURL(join(MODULES, 'emulator.mjs')).href);

/** Runs in a separate thread, because the thread that waits for an answer blocks. */
const MAVEN = `
const { parentPort } = require('node:worker_threads');
const { createInterface } = require('node:readline');
const server = require('node:net').createServer((socket) => {
	socket.once('data', (first) => {
		// the secret has no line end
		if (String(first.subarray(0, 6)) !== 'secret') return socket.destroy();
		socket.unshift(first.subarray(6));
		createInterface({ input: socket }).on('line', (line) => {
			const { id, question, details } = JSON.parse(line);
			const broken = details?.config.broken;
			const answer = question === 'read'
				? { refusal: details.config.berth ? 'no files in ' + details.id : null }
				: { platform: { asked: details } };
			if (details?.config.gone) return socket.destroy();
			socket.write(JSON.stringify({ id, ...(broken ? { error: 'no answer today' } : { answer }) }) + '\\n');
		});
	});
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** @type {Worker} */
let thread;
let maven = '';
before(async () => {
	thread = new Worker(MAVEN, { eval: true });
	maven = await new Promise((fulfil) => thread.once('message', (port) => fulfil(`${port}:secret`)));
});
after(() => thread.terminate());

const nobody = { context: {}, missing: null };

test('a platform is made of config and prerender option', async () => {
	assert.deepEqual(await platform(maven, { config: { a: 1 }, prerender: 'auto' }, nobody), {
		asked: { config: { a: 1 }, prerender: 'AUTO' }
	});
	assert.deepEqual(await platform(maven, {}, nobody), { asked: { config: {}, prerender: 'FALSE' } });
	await assert.rejects(platform(maven, { config: { broken: true } }, nobody), { message: 'no answer today' });
});

test('a connection that is lost fails its questions, and the next question opens another', async () => {
	await assert.rejects(platform(maven, { config: { gone: true } }, nobody), { message: "Maven's process does not answer" });
	assert.deepEqual(await platform(maven, {}, nobody), { asked: { config: {}, prerender: 'FALSE' } });
});

test('whether a route may read is answered at once', () => {
	const refusal = read_support(maven);
	assert.equal(refusal({ route: { id: '/a' }, config: {} }), null);
	assert.equal(refusal({ route: { id: '/a' }, config: { berth: 7 } }), 'no files in /a');
	assert.equal(refusal({ route: { id: '/b' }, config: { berth: 7 } }), 'no files in /b');
	assert.throws(() => refusal({ route: { id: '/a' }, config: { broken: true } }), { message: 'no answer today' });
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

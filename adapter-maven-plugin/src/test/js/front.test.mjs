import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

const { Front } = await import(pathToFileURL(join(MODULES, 'front.mjs')).href);

/** Returns the address that Vite gets, and the one for the front. @param {'server' | 'preview'} options @param {any} config */
async function placed(options, config) {
	const front = new Front('secret', options);
	const told = await front.plugin().config.handler(config);
	return { told: told?.[options], wanted: front.wanted, stands: front.stands };
}

test('Vite makes room at the address that would be its own', async () => {
	const { told, wanted, stands } = await placed('server', {});
	assert.equal(stands, true);
	assert.deepEqual(wanted, { host: 'localhost', port: 5173, strict: false, open: false, https: false });
	assert.equal(told.host, '127.0.0.1');
	assert.ok(told.port > 0 && told.port !== 5173);
	assert.deepEqual(told.allowedHosts, ['localhost']);
	assert.equal(told.open, false);

	const named = { host: 'shop.test', port: 7000, strictPort: true, open: '/cart', allowedHosts: ['other.test'] };
	const own = await placed('server', { server: named });
	assert.deepEqual(own.wanted, { host: 'shop.test', port: 7000, strict: true, open: '/cart', https: false });
	assert.deepEqual(own.told.allowedHosts, ['other.test', 'shop.test']);
});

test('a preview takes what it has not from the server, but for the port', async () => {
	assert.equal((await placed('preview', { server: { port: 7000 } })).wanted.port, 4173);
	const { wanted, told } = await placed('preview', {
		server: { host: true, strictPort: true, allowedHosts: true },
		preview: { port: 7001 }
	});
	assert.deepEqual(wanted, { host: '0.0.0.0', port: 7001, strict: true, open: false, https: false });
	assert.equal(told.allowedHosts, true);
});

test('Vite keeps its port when it starts again', async () => {
	const plugin = new Front('secret', 'server').plugin();
	const first = await plugin.config.handler({});
	const second = await plugin.config.handler({});
	assert.equal(first?.server.port, second?.server.port);
});

test('Vite that serves HTTPS itself is left alone', async () => {
	const { told, stands } = await placed('server', { server: { https: {} } });
	assert.equal(told, undefined);
	assert.equal(stands, false);
});

/** @param {Record<string, string>} headers */
function request(headers) {
	return /** @type {any} */ ({ headers, rawHeaders: Object.entries(headers).flat(), socket: { remoteAddress: '127.0.0.1' } });
}

test('the front is believed, and nobody else', () => {
	const front = new Front('secret', 'server');
	const said = 'secret=secret&origin=https%3A%2F%2Fshop.test&protocol=HTTP%2F2.0&address=192.0.2.7';
	const req = request({ host: 'localhost:5173', 'x-kitbridge-visitor': said });
	assert.deepEqual(front.visitor(req), {
		origin: 'https://shop.test',
		protocol: 'HTTP/2.0',
		address: '192.0.2.7',
		noAddress: null
	});
	assert.deepEqual(req.headers, { host: 'shop.test' });
	assert.deepEqual(req.rawHeaders, ['host', 'localhost:5173']);
	assert.equal(req.socket.remoteAddress, '192.0.2.7');

	const forged = request({ host: 'localhost:5173', 'x-kitbridge-visitor': said.replace('secret=secret', 'secret=guess') });
	assert.equal(front.visitor(forged), null);
	assert.deepEqual(forged.headers, { host: 'localhost:5173' });
	assert.equal(forged.socket.remoteAddress, '127.0.0.1');

	assert.equal(front.visitor(request({ host: 'localhost:5173' })), null);
});

test('an address that nobody knows is told when it is asked for', () => {
	const req = request({ 'x-kitbridge-visitor': 'secret=secret&origin=&protocol=HTTP%2F1.1&noAddress=there+is+no+x-real-ip' });
	assert.equal(new Front('secret', 'server').visitor(req)?.address, null);
	assert.throws(() => req.socket.remoteAddress, { message: 'there is no x-real-ip' });
});

test('a connection of the front stays open while Node is busy', async () => {
	const server = createServer((_, res) => res.end('answered'));
	server.keepAliveTimeout = 1;
	new Front('secret', 'server').hold(server);
	await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(null)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const socket = connect(port, '127.0.0.1');
	try {
		const answers = socket[Symbol.asyncIterator]();
		socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
		assert.match(String((await answers.next()).value), /answered/);
		// longer than Node would wait, and without a turn in which it could read: what is sent now lies there at its end
		await new Promise((sent) => socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n', sent));
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
		assert.match(String((await answers.next()).value), /answered/);
	} finally {
		socket.destroy();
		server.close();
	}
});

test('without a server of its own Vite is left alone', () => {
	new Front('secret', 'server').hold(null);
});

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

const { Application } = await import(pathToFileURL(join(MODULES, 'application.mjs')).href);

/** @param {string | null} secret */
const application = (secret) => new Application('/app', { secret, kit: '3.2.0' }, { no_page_cache: () => 'nothing is kept' }, () => {});

test('only applications on this machine connect, and only the one that Maven started if there is one', () => {
	/** @param {string | null} secret @param {any} headers @param {string} remoteAddress */
	const refusal = (secret, headers, remoteAddress = '127.0.0.1') => application(secret).refusal(headers, { remoteAddress });
	assert.equal(refusal(null, {}), null);
	assert.equal(refusal(null, {}, '::1'), null);
	assert.equal(refusal(null, {}, '::ffff:127.0.0.1'), null);
	assert.match(refusal(null, {}, '192.168.1.7'), /same machine/);
	assert.match(refusal(null, { origin: 'http://localhost:5173' }), /Browsers/);
	assert.equal(refusal('abc', { 'kitbridge-secret': 'abc' }), null);
	for (const headers of [{}, { 'kitbridge-secret': '' }, { 'kitbridge-secret': 'abd' }, { 'kitbridge-secret': 'abcd' }]) {
		assert.match(refusal('abc', headers), /Maven has started an application of its own/);
	}
});

test('event.platform is that of the request, and says why a member is not there', () => {
	const app = application(null);
	const of_request = Object.defineProperty({ principal: { name: 'alice' } }, 'csrf', { get: () => 'token', enumerable: true });
	const services = {};
	const visit = { platform: Object.assign(of_request, { services }) };

	const page = app.complete({ weather: 'dry' }, visit, null);
	assert.equal(page.weather, 'dry');
	assert.equal(page.principal.name, 'alice');
	assert.equal(page.csrf, 'token');
	assert.equal(page.cache, 'nothing is kept');

	const prerendered = app.complete({}, visit, 'there is no visitor');
	assert.equal(prerendered.services, services);
	for (const name of ['principal', 'csrf', 'attributes', 'request']) {
		assert.throws(() => prerendered[name], new RegExp(`event\\.platform\\.${name} is not there: there is no visitor`));
	}
	const direct = app.complete({}, null, null);
	for (const platform of [prerendered, direct]) assert.equal(platform.cache, 'nothing is kept');
	assert.throws(() => direct.services, /did not come through the application; open the application's own address/);
});

test('Vite listens at its own port or the next, and pages connect to it for hot reloading', async () => {
	const taken = createServer();
	await new Promise((fulfil) => taken.listen(0, '127.0.0.1', () => fulfil(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (taken.address());
	try {
		const app = application(null);
		const plugin = app.plugin();
		const config = { server: { port, https: {} } };
		const { server } = await plugin.config.handler(config);
		assert.ok(server.port > port);
		assert.deepEqual({ ...server, port: 0 }, { host: '127.0.0.1', port: 0, strictPort: true, open: false });
		assert.ok(!('https' in config.server));
		// the same again, after a restart
		assert.equal((await plugin.config.handler(config)).server.port, server.port);

		const older = { hmr: undefined };
		plugin.configResolved({ server: older });
		assert.deepEqual(older, { hmr: { clientPort: server.port } });
		const newer = { hmr: {}, ws: { path: '/hot' } };
		plugin.configResolved({ server: newer });
		assert.deepEqual(newer, { hmr: {}, ws: { path: '/hot', clientPort: server.port } });
		const off = { hmr: false };
		plugin.configResolved({ server: off });
		assert.deepEqual(off, { hmr: false });
	} finally {
		taken.close();
	}
});

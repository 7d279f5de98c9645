import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

const { Preview } = await import(pathToFileURL(join(MODULES, 'preview.mjs')).href);
const workers = join(MODULES, '../../../../../../../../server/src/main/resources/dev/kitbridge/server/internal/workers');
const { CacheReport } = await import(pathToFileURL(join(workers, 'cacheable.mjs')).href);

const rule = { cache: { ttl: 60 } };
const reported = '\0:rule\0{"cache":{"ttl":60}}\0:used\0\0:tags\0';

/** @param {any} report */
const visit = (report) => ({ report, questions: 0, platform: { cache: 'the page cache' }, url: new URL('http://shop.test/price') });

test('the rule is that of the second question, which has the route of the request itself', () => {
	const preview = new Preview('/app', { secret: 'abc', kit: '3.2.0' }, null);
	const of = (/** @type {any[]} */ ...configs) => {
		const report = new CacheReport();
		report.file = true;
		const asking = visit(report);
		for (const config of configs) preview.asked(asking, { config });
		return report.fields();
	};
	assert.equal(of({}, rule), reported);
	// the page fetches an endpoint
	assert.equal(of({}, rule, {}, { cache: { ttl: 1 } }), reported);
	assert.equal(of({}, {}, {}, rule), '\0:rule\0\0:used\0\0:tags\0');
	// a request without a route, whose layout fetches an endpoint with a rule
	assert.equal(of({}, {}, rule), '\0:rule\0\0:used\0\0:tags\0');
	const entered = visit(new CacheReport());
	for (const question of [{ config: {}, entry: true }, { config: {} }, { config: rule }]) preview.asked(entered, question);
	assert.equal(entered.report.fields(), reported);
	// the page that calls a remote function has a rule, which is not that of the function
	for (const [config, remote] of [
		[undefined, '/_app/remote/abc/cart'],
		[{ appDir: 'own', paths: { base: '/shop' } }, '/shop/own/remote/abc/cart']
	]) {
		preview.config = config;
		const called = { ...visit(new CacheReport()), url: new URL(`http://shop.test${remote}`) };
		for (const config of [{}, rule]) preview.asked(called, { config });
		assert.equal(called.report.fields(), '\0:rule\0\0:used\0\0:tags\0');
	}
	// Vite has answered with a file
	assert.equal(of(), '\0:file\0yes\0:rule\0\0:used\0\0:tags\0');
});

test('event.platform has the page cache, and reports the members that the app reads', () => {
	const preview = new Preview('/app', { secret: 'abc', kit: '3.2.0' }, null);
	const report = new CacheReport();
	const platform = preview.complete({ cache: 'none', principal: null, services: {} }, visit(report));
	assert.equal(platform.cache, 'the page cache');
	assert.equal(report.names(), '');
	assert.equal(platform.principal, null);
	assert.equal(report.names(), 'principal');
	// of a request that is not kept
	const plain = { cache: 'none' };
	assert.equal(preview.complete(plain, visit(null)), plain);
	assert.equal(plain.cache, 'the page cache');
	preview.asked(visit(null), { config: rule });
});

test('a client cannot pass for the front, and its compression is left to the page cache', async () => {
	const preview = new Preview('/app', { secret: 'abc', kit: '3.2.0' }, null);
	preview.dropped.add('accept-encoding');
	const server = createServer((req, res) => {
		const known = preview.visit(req);
		res.end(JSON.stringify({ known: known?.url.href, host: req.headers.host, headers: Object.keys(req.headers).sort() }));
	});
	preview.attach({ httpServer: server });
	await new Promise((fulfil) => server.listen(0, '127.0.0.1', () => fulfil(undefined)));
	const address = /** @type {import('node:net').AddressInfo} */ (server.address());
	try {
		const request = new Request('http://shop.test/price?size=1', { headers: { 'x-kitbridge-visit': 'guessed', 'accept-encoding': 'gzip', accept: 'a' } });
		const report = new CacheReport();
		const passed = await preview.respond(request, { platform: {}, getClientAddress: () => '192.0.2.7', context: {}, report });
		assert.deepEqual(await passed.json(), { known: 'http://shop.test/price?size=1', host: 'shop.test', headers: ['accept', 'connection', 'host'] });
		assert.ok(report.file);
		const direct = await fetch(`http://127.0.0.1:${address.port}/price`, { headers: { 'x-kitbridge-visit': 'guessed' } });
		assert.equal((await direct.json()).known, undefined);
		const refused = (/** @type {any} */ headers) => preview.refusal(headers, { remoteAddress: '127.0.0.1' });
		assert.equal(refused({ 'kitbridge-secret': 'abc' }), null);
		assert.equal(refused({ 'kitbridge-secret': 'abd' }), 'The secret is wrong');
		assert.equal(refused({}), 'The secret is wrong');
	} finally {
		server.close();
		server.closeAllConnections();
	}
});

test('a revalidation of a Java service reaches all links, or says that the link is lost', async () => {
	/** @type {any[]} */
	const links = [];
	class Link {
		exchanges = new Map();
		/** @type {string[]} */
		revalidated = [];

		/** @param {any[]} args */
		constructor(...args) {
			this.lost = args[5];
			links.push(this);
		}

		open() {}

		/** @param {string} json */
		async revalidate(json) {
			this.revalidated.push(json);
			return { unreached: [`replica ${links.indexOf(this)}`] };
		}
	}
	const preview = new Preview('/app', { secret: 'abc', kit: '3.2.0' }, Link);
	const json = '{"tags":["price"]}';
	// the front keeps no pages
	assert.deepEqual(await preview.revalidate(json), { unreached: [] });
	const open = () => preview.open(/** @type {any} */ ({ destroy() {} }), undefined, 1, 1);
	open();
	open();
	assert.deepEqual(await preview.revalidate(json), { unreached: ['replica 0', 'replica 1'] });
	links[0].lost();
	assert.deepEqual(await preview.revalidate(json), { unreached: ['replica 1'] });
	assert.deepEqual(links[1].revalidated, [json, json]);
	links[1].lost();
	await assert.rejects(preview.revalidate(json), /has closed its connection to Vite/);
});

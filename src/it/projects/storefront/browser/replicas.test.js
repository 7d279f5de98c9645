// Two replicas of the shop, FIRST and SECOND, that share their kept pages.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { alive, launch, open, shows, visit } from './visit.js';

const { FIRST, SECOND } = /** @type {Record<string, string>} */ (process.env);

/** Replicas have one name for their visitors; the browser takes secure cookies from this one without TLS. */
const host = 'shop.localhost';
// the browser plays the proxy that says how the visitor came
const shop = { origin: `http://${host}`, headers: { 'x-forwarded-proto': 'http' } };

/** @type {import('playwright-core').Browser} */
let first;
/** @type {import('playwright-core').Browser} */
let second;
before(async () => {
	first = await launch(`MAP ${host}:80 ${FIRST}`);
	second = await launch(`MAP ${host}:80 ${SECOND}`);
	// a new page each time, until both replicas have found Redis
	for (let i = 0; ; i++) {
		await ask(FIRST, `/search?q=${i}`);
		if (/hit/.test(await ask(SECOND, `/search?q=${i}`))) break;
		assert.ok(i < 600, 'the replicas do not share their pages');
		await setTimeout(100);
	}
});
after(async () => {
	await first?.close();
	await second?.close();
});

/**
 * Asks a replica without a browser. Returns the state of the response.
 * @param {string} address @param {string} path @returns {Promise<string>}
 */
function ask(address, path) {
	return new Promise((resolve, reject) => {
		const request = get(`http://${address}${path}`, { headers: { host, ...shop.headers, 'accept-language': 'en-GB' } }, (response) => {
			response.resume().on('end', () => resolve(String(response.headers['cache-status'])));
		});
		request.on('error', reject);
	});
}

/** @param {import('playwright-core').Response} response */
const state = (response) => response.headers()['cache-status'] ?? 'none';

test('a price that changes on one replica shows on the other with the next request', () =>
	visit(second, shop, {}, (visitor) =>
		visit(first, shop, {}, async (shopkeeper) => {
			// rendered by one replica, served by both
			await open(shopkeeper, '/today/strop');
			const before = await open(visitor, '/today/strop');
			assert.match(state(before), /hit/);
			await open(visitor, '/search?q=strop');
			assert.match(state(await open(visitor, '/search?q=strop')), /hit/);

			await open(shopkeeper, '/account');
			await shopkeeper.getByLabel('Name').fill('Ida');
			await shopkeeper.getByLabel('E-mail').fill('ida@example.org');
			await shopkeeper.getByRole('button', { name: 'Sign in' }).click();
			await shows(shopkeeper.locator('h1'), 'Good to see you, Ida');
			await open(shopkeeper, '/prices');
			await shopkeeper.getByLabel('Leather strop', { exact: true }).fill('123.45');
			await shopkeeper.getByRole('button', { name: 'Change the price of Leather strop' }).click();
			await shows(shopkeeper.getByRole('status'), 'The new price shows everywhere.');

			for (const path of ['/today/strop', '/search?q=strop']) {
				const response = await open(visitor, path);
				assert.doesNotMatch(state(response), /hit/, path);
				assert.ok((await response.text()).includes('123.45'), path);
				const again = await open(visitor, path);
				assert.match(state(again), /hit/);
				assert.ok((await again.text()).includes('123.45'), path);
			}
		})
	));

test('the basket is never kept', () =>
	visit(first, shop, {}, async (page) => {
		await open(page, '/products/strop');
		await page.getByRole('button', { name: 'Add to basket' }).click();
		await shows(page.getByRole('status'), 'in your basket');
		for (let i = 0; i < 2; i++) {
			const response = await open(page, '/cart');
			assert.doesNotMatch(state(response), /hit|stored/);
			assert.ok((await response.text()).includes('Pieces of Leather strop'));
		}
		// a page that is kept shows nothing of a basket to others
		// the first request of a path learns its rule, and is kept only if it has no cookies
		for (let i = 0; i < 2; i++) await open(page, '/today/bradawl');
		await visit(first, shop, {}, async (other) => {
			assert.match(state(await open(other, '/today/bradawl')), /hit/);
			await alive(other);
			assert.equal(await other.locator('header .count').count(), 0);
		});
	}));

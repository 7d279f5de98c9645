// Two replicas of the shop, FIRST and SECOND, that share their kept pages.
import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { alive, launch, open, shows, visit } from './visit.js';

const { FIRST, SECOND } = /** @type {Record<string, string>} */ (process.env);

// the browser plays the proxy that says how the visitor came
const headers = { 'x-forwarded-proto': 'http' };

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
	browser = await launch();
	// a new page each time, until both replicas have found Redis
	for (let i = 0; ; i++) {
		const path = `/search?q=${i}`;
		await fetch(FIRST + path);
		const { headers } = await fetch(SECOND + path);
		if (/hit/.test(headers.get('cache-status') ?? '')) break;
		assert.ok(i < 600, 'the replicas do not share their pages');
		await setTimeout(100);
	}
});
after(async () => {
	await browser?.close();
});

/** @param {import('playwright-core').Response} response */
const state = (response) => response.headers()['cache-status'] ?? 'none';

test('a price that changes on one replica shows on the other with the next request', () =>
	visit(browser, { origin: SECOND, headers }, {}, (visitor) =>
		visit(browser, { origin: FIRST, headers }, {}, async (shopkeeper) => {
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
	visit(browser, { origin: FIRST, headers }, {}, async (page) => {
		await open(page, '/products/strop');
		await page.getByRole('button', { name: 'Add to basket' }).click();
		await shows(page.getByRole('status'), 'in your basket');
		for (let i = 0; i < 2; i++) {
			const response = await open(page, '/cart');
			assert.doesNotMatch(state(response), /hit|stored/);
			assert.ok((await response.text()).includes('Pieces of Leather strop'));
		}
		// a page that is kept shows nothing of a basket to others
		await open(page, '/today/bradawl');
		await visit(browser, { origin: FIRST, headers }, {}, async (other) => {
			assert.match(state(await open(other, '/today/bradawl')), /hit/);
			await alive(other);
			assert.equal(await other.locator('header .count').count(), 0);
		});
	}));

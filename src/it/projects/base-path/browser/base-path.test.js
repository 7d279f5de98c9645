// Visits one app at each of the base paths that BASES names, in JSON: of one server, in one browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawImages, isMarked, launch, mark, open, shows, visit } from './visit.js';

// `BERTH`: a variable of the server's environment that the service worker reads
const { ORIGIN: origin, BASES = '[""]', BERTH: berth } = process.env;
const bases = JSON.parse(BASES);

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
	browser = await launch();
});
after(() => browser.close());

// on SvelteKit 3, a jar that is told no more than that takes its origin for https
const server = { origin, headers: { 'x-forwarded-proto': 'http' } };

/** Where the page is, and whether it came without a load of a document. */
async function came(page, path) {
	await page.waitForURL(origin + path);
	assert.ok(await isMarked(page), `${path} was loaded as a document`);
}

for (const base of bases) {
	const home = `${base}/`;

	test(`pages and files at ${home}`, () =>
		visit(browser, server, {}, async (page) => {
			await open(page, home);
			await shows(page.locator('#path'), home);
			assert.equal(await drawImages(page), 2);
			await page.getByRole('button').click();
			await shows(page.getByRole('button'), 'Count 1');
			await mark(page);
			await page.locator('#more').click();
			await came(page, `${base}/about`);
			assert.equal(await drawImages(page), 2);
			await page.getByRole('link', { name: 'Gull' }).click();
			await came(page, `${base}/ships/gull/log`);
			await shows(page.locator('#path'), `${base}/ships/gull/log`);
			await shows(page.locator('#place'), `${base}/api/place`);
			await page.getByRole('link', { name: 'Client' }).click();
			await came(page, `${base}/client`);
			assert.equal(await page.locator('#base').textContent(), home);
			await page.getByRole('link', { name: 'Home' }).click();
			await came(page, home);
		}));

	for (const path of ['/about', '/ships/gull/log', '/client', '/alias']) {
		test(`${base}${path}, loaded`, () =>
			visit(browser, server, {}, async (page) => {
				await open(page, base + path);
				assert.ok((await drawImages(page)) > 0);
				await mark(page);
				await page.getByRole('link', { name: 'Form', exact: true }).click();
				await came(page, `${base}/form`);
			}));
	}

	test(`a form at ${base}`, () =>
		visit(browser, server, {}, async (page, context) => {
			await open(page, `${base}/form`);
			await mark(page);
			await page.getByRole('button', { name: 'Send', exact: true }).click();
			await came(page, `${base}/ships/lee/log`);
			await open(page, `${base}/form`);
			await page.getByRole('button', { name: 'Send plain' }).click();
			await page.waitForURL(`${origin}${base}/ships/luv/log`);
			await open(page, home);
			await shows(page.locator('#port'), 'luv');
			const cookies = await context.cookies();
			assert.deepEqual(cookies.map(({ name, path, value }) => [name, path, value]), [['port', home, 'luv']]);
		}));

	test(`redirects at ${base}`, () =>
		visit(browser, server, {}, async (page) => {
			for (const [name, to] of [['Gone', '/about'], ['Left', '/ships/tern/log']]) {
				await open(page, `${base}/form`);
				await mark(page);
				await page.getByRole('link', { name }).click();
				await came(page, base + to);
				await page.goto(`${base}/${name.toLowerCase()}`);
				assert.equal(page.url(), origin + base + to);
			}
			await page.goto(`${base}/moved`);
			assert.equal(page.url(), `${origin}${base}/about`);
			await page.goto(`${base}/about/?q=1`);
			assert.equal(page.url(), `${origin}${base}/about?q=1`);
			await page.goto(base || '/');
			assert.equal(page.url(), origin + home);
		}));

	test(`errors at ${base}`, () =>
		visit(browser, server, { provoked: [/404/] }, async (page) => {
			await open(page, `${base}/form`);
			await mark(page);
			await page.getByRole('link', { name: 'Missing' }).click();
			await came(page, `${base}/missing`);
			await shows(page.locator('#message'), 'It has sunk');
			await open(page, `${base}/none/at/all`);
			await shows(page.locator('h1'), '404');
			assert.ok((await drawImages(page)) > 0);
		}));

	test(`remote functions at ${base}`, () =>
		visit(browser, server, {}, async (page) => {
			await open(page, `${base}/remote`);
			await shows(page.locator('.ship'), 'tern');
			await page.locator('#moor').click();
			await shows(page.locator('#moored'), 'gull is moored');
			await page.locator('#tide').click();
			await shows(page.locator('#tonight'), 'high at noon');
			await mark(page);
			await page.locator('input').fill('skua');
			await page.getByRole('button', { name: 'Sail' }).click();
			await came(page, `${base}/ships/skua/log`);
		}));

	test(`the service worker at ${base}`, () =>
		visit(browser, server, { serviceWorkers: 'allow' }, async (page) => {
			await open(page, `${base}/form`);
			const worker = await page.evaluate(async () => {
				const { scope, active } = await navigator.serviceWorker.ready;
				return { scope, script: active.scriptURL };
			});
			assert.deepEqual(worker, { scope: origin + home, script: `${origin}${base}/service-worker.js` });
			const cached = await page.evaluate(async () => (await (await caches.open('quay')).keys()).map(({ url }) => url));
			assert.deepEqual(cached.sort(), [`${origin}${base}/about`, `${origin}${base}/favicon.svg`]);
			if (!berth) return;
			const said = await page.evaluate(() => {
				const { promise, resolve } = Promise.withResolvers();
				navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
				navigator.serviceWorker.ready.then(({ active }) => active.postMessage('?'));
				return promise;
			});
			assert.equal(said, berth);
		}));

	test(`a file that the server reads at ${base}`, async () => {
		const response = await fetch(`${origin}${base}/read`);
		assert.equal(response.headers.get('content-type'), 'image/svg+xml');
		assert.match(await response.text(), /<svg/);
	});
}

test('outside of the base paths', { skip: bases.includes('') }, async () => {
	for (const path of ['/', '/about', `${bases[0]}x/about`, '/_app/version.json']) {
		assert.equal((await fetch(origin + path)).status, 404, path);
	}
});

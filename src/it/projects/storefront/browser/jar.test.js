import assert from 'node:assert/strict';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { failure, sells } from './shop.js';
import { alive, drawImages, isMarked, launch, mark, open, shows, visit } from './visit.js';

const closed = process.env.SHELVES_CLOSED;

const shops = [
	{
		name: 'over plain HTTP behind a proxy',
		origin: process.env.HTTP_ORIGIN,
		protocol: 'http/1.1',
		// the browser plays the proxy that says how the visitor came
		headers: { 'x-forwarded-proto': 'http' }
	},
	{
		name: 'over TLS',
		origin: process.env.HTTPS_ORIGIN,
		protocol: 'h2',
		headers: {}
	}
];

/** Scripts are asked for, since the page names them, and none may run. */
const noScripts = /^csp \/_app\/immutable\/.*\.js$/;

let browser;
before(async () => {
	browser = await launch();
});
after(async () => {
	await browser?.close();
	rmSync(closed, { force: true });
});

for (const shop of shops) {
	describe(shop.name, () => {
		/** Both ways to call it: with options, or without. */
		const story = (name, ...rest) => {
			const told = rest.pop();
			test(name, () => visit(browser, shop, rest[0] ?? {}, told));
		};

		sells(story);

		story('it is spoken to in its protocol', async (page) => {
			await open(page, '/');
			assert.equal(await page.evaluate(() => performance.getEntriesByType('navigation')[0].nextHopProtocol), shop.protocol);
		});

		story('what the server formats for a language stays when the page hydrates', { locale: 'de-DE' }, async (page) => {
			const response = await open(page, '/orders/sample-1');
			const html = await response.text();
			const total = await page.locator('tfoot td').innerText();
			assert.match(total, /^\d+,\d\d\s€$/u);
			assert.ok(html.includes(total), `${total} is not in what the server sent`);
		});

		story('a redirect that is a file leads on', async (page) => {
			await open(page, '/shop');
			assert.equal(new URL(page.url()).pathname, '/products');
		});

		story('links are followed without loading a page, also back and forward', async (page) => {
			const documents = [];
			page.on('request', (request) => {
				if (request.isNavigationRequest()) documents.push(request.url());
			});
			await open(page, '/');
			await mark(page);
			const heading = page.locator('h1');

			await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tools' }).click();
			await shows(heading, 'All tools');
			await page.getByRole('link', { name: 'Bradawl' }).click();
			await shows(heading, 'Bradawl');
			assert.equal(await page.title(), 'Bradawl · Alder & Awl');
			assert.equal(new URL(page.url()).pathname, '/products/bradawl');
			await page.getByRole('link', { name: 'Account' }).click();
			await shows(heading, 'Sign in');

			await page.goBack();
			await shows(heading, 'Bradawl');
			await page.goBack();
			await shows(heading, 'All tools');
			await page.goBack();
			await shows(heading, 'Tools that are worth sharpening');
			await page.goForward();
			await shows(heading, 'All tools');
			assert.equal(new URL(page.url()).pathname, '/products');

			assert.ok(await isMarked(page), 'a page was loaded');
			assert.equal(documents.length, 1);
		});

		story('a form that gets is a link', async (page) => {
			await open(page, '/search');
			await mark(page);
			await page.getByRole('searchbox').fill('gouge');
			await page.getByRole('button', { name: 'Search' }).click();
			await shows(page.getByRole('status'), 'for “gouge”');
			assert.equal(new URL(page.url()).search, '?q=gouge');
			await shows(page.locator('h3'), 'Carving gouge');
			assert.ok(await isMarked(page));
		});

		story('form actions with JavaScript stay on the page', { provoked: failure('/cart') }, async (page, context) => {
			await open(page, '/products/bradawl');
			await mark(page);
			await page.getByLabel('Quantity').fill('2');
			await page.getByRole('button', { name: 'Add to basket' }).click();
			await shows(page.getByRole('status'), 'Bradawl is in your basket.');
			assert.equal(new URL(page.url()).pathname, '/products/bradawl');
			await shows(page.locator('header .count'), /^2$/);

			const [cookie] = await context.cookies();
			assert.equal(cookie.name, 'cart');
			assert.equal(cookie.value, 'bradawl~2');
			assert.deepEqual([cookie.path, cookie.httpOnly, cookie.sameSite], ['/', true, 'Lax']);

			await page.getByRole('link', { name: 'Basket', exact: false }).first().click();
			await shows(page.locator('h1'), 'Basket');
			const pieces = page.getByLabel('Pieces of Bradawl');
			assert.equal(await pieces.inputValue(), '2');
			await pieces.fill('5');
			await page.getByRole('button', { name: 'Update' }).click();
			await shows(page.locator('header .count'), /^5$/);
			await shows(page.locator('.lead'), '5 pieces');
			// past what the field allows, the action says no, and the page shows what it says
			await pieces.evaluate((field) => field.removeAttribute('max'));
			await pieces.fill('99');
			await page.getByRole('button', { name: 'Update' }).click();
			await shows(page.getByRole('alert'), 'Bradawl: please choose between 0 and 20 pieces.');
			await page.getByRole('button', { name: 'Remove Bradawl' }).click();
			await shows(page.locator('.lead'), 'It is empty');
			await page.locator('header .count').waitFor({ state: 'detached' });
			assert.deepEqual(await context.cookies(), []);
			assert.ok(await isMarked(page), 'a page was loaded');
		});

		story('the same form actions without JavaScript', { javaScriptEnabled: false, provoked: [noScripts] }, async (page, context) => {
			await page.goto('/products/bradawl');
			await page.getByLabel('Quantity').fill('2');
			await page.getByRole('button', { name: 'Add to basket' }).click();
			await page.waitForURL('/cart');
			await shows(page.locator('header .count'), /^2$/);
			assert.equal((await context.cookies())[0].value, 'bradawl~2');
			await page.getByLabel('Pieces of Bradawl').fill('5');
			await page.getByRole('button', { name: 'Update' }).click();
			await shows(page.locator('header .count'), /^5$/);
			await page.getByRole('button', { name: 'Remove Bradawl' }).click();
			await shows(page.locator('.lead'), 'It is empty');
			assert.equal(await page.locator('header .count').count(), 0);
			assert.deepEqual(await context.cookies(), []);
		});

		story(
			'what a form got wrong is said without JavaScript too',
			{ javaScriptEnabled: false, provoked: [noScripts, ...failure('/account')] },
			async (page) => {
				await page.goto('/account');
				await page.getByLabel('Name').fill('Søren');
				await page.getByLabel('E-mail').fill('nowhere');
				await page.getByRole('button', { name: 'Sign in' }).click();
				await shows(page.locator('#email-error'), 'Please enter an address');
				assert.equal(await page.getByLabel('Name').inputValue(), 'Søren');
			}
		);

		story('a session lasts over reloads and ends', { provoked: failure('/account') }, async (page) => {
			await open(page, '/account');
			await page.getByLabel('Name').fill('Søren Ærø');
			await page.getByLabel('E-mail').fill('nowhere');
			await page.getByRole('button', { name: 'Sign in' }).click();
			await shows(page.locator('#email-error'), 'Please enter an address');
			await page.getByLabel('E-mail').fill('soren@example.org');
			await page.getByRole('button', { name: 'Sign in' }).click();
			await shows(page.locator('h1'), 'Good to see you, Søren Ærø');
			await page.reload();
			await alive(page);
			assert.equal(await page.locator('h1').innerText(), 'Good to see you, Søren Ærø');
			await page.getByRole('button', { name: 'Sign out' }).click();
			await shows(page.locator('h1'), 'Sign in');
		});

		for (const [name, arrive] of [
			['loads', (page) => page.goto('/recommendations', { waitUntil: 'commit' })],
			[
				'is navigated to',
				async (page) => {
					await open(page, '/about');
					await page.getByRole('link', { name: 'For your bench' }).click();
				}
			]
		]) {
			story(`a page that ${name} waits for what is streamed`, async (page) => {
				writeFileSync(closed, '');
				try {
					await arrive(page);
					// the server does not know them yet: that this shows means that the first part was sent on
					await shows(page.getByRole('status'), 'Walking along the shelves');
					await alive(page);
					assert.equal(await page.locator('main article').count(), 0);
				} finally {
					rmSync(closed);
				}
				await page.getByRole('status').waitFor({ state: 'detached' });
				await page.locator('main article').first().waitFor();
				assert.equal(await page.locator('main article').count(), 6);
			});
		}

		story('server-sent events arrive while their response goes on', async (page) => {
			await open(page, '/orders/sample-1');
			await shows(page.locator('#ticker'), 'Live from the packing bench');
			// one came with the head of the response, another later
			await page.locator('section li').nth(1).waitFor();
			await page.getByRole('link', { name: 'About' }).click();
			await shows(page.locator('h1'), 'About the workshop');
		});

		story('a download has its name and its length', async (page) => {
			await open(page, '/orders/sample-1');
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('link', { name: 'Download the invoice' }).click()
			]);
			assert.equal(await download.failure(), null);
			assert.match(download.suggestedFilename(), /sample-1/);
			assert.ok(statSync(await download.path()).size > 300_000);
		});

		story('images are drawn', async (page) => {
			await open(page, '/');
			assert.equal(await drawImages(page), 5);
			await open(page, '/products');
			assert.equal(await drawImages(page), 24);
			await open(page, '/products/try-square');
			assert.equal(await drawImages(page), 1);
		});

		story(
			'the service worker takes over and answers when the network is gone',
			{ serviceWorkers: 'allow', provoked: [/ERR_INTERNET_DISCONNECTED.*\/api\/cart/] },
			async (page, context) => {
				await open(page, '/');
				await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
				await page.reload();
				await alive(page);
				assert.equal(
					await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL),
					`${shop.origin}/service-worker.js`
				);
				const files = await page.evaluate(async () => {
					const [name, ...others] = await caches.keys();
					if (others.length) return others;
					return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
				});
				assert.ok(files.includes('/products/whetstone.svg') && files.includes('/favicon.svg'));
				assert.ok(files.some((file) => /^\/_app\/immutable\/.*\.css$/.test(file)));

				await context.setOffline(true);
				const offline = await page.evaluate(async (files) => {
					const statuses = await Promise.all(files.map(async (file) => (await fetch(file, { cache: 'reload' })).status));
					return { statuses, cart: await fetch('/api/cart').then((r) => r.status, () => 'gone') };
				}, files);
				assert.deepEqual(offline, { statuses: files.map(() => 200), cart: 'gone' });
				await context.setOffline(false);
			}
		);

		story(
			'a missing page',
			{ provoked: [/^404 \/nowhere$/, /^console error: .* 404 .*\(\/nowhere\)$/] },
			async (page) => {
				const response = await open(page, '/nowhere');
				assert.equal(response.status(), 404);
				assert.ok((await response.text()).includes('No such page</h1>'));
				await shows(page.locator('h1'), 'No such page');
				await shows(page.locator('main'), 'Status 404.');
				await mark(page);
				await page.getByRole('link', { name: 'Back to the front door' }).click();
				await shows(page.locator('h1'), 'Tools that are worth sharpening');
				assert.ok(await isMarked(page));
			}
		);

		story(
			'a missing product has an error page of its own',
			{ provoked: [/^404 \/products\/adze$/, /^console error: .* 404 .*\(\/products\/adze\)$/] },
			async (page) => {
				const response = await open(page, '/products/adze');
				assert.equal(response.status(), 404);
				await shows(page.locator('h1'), 'The hook on the wall is empty');
				await shows(page.locator('.lead'), 'There is no tool called “adze”. It may have left the shop');
			}
		);

		story(
			'an unexpected error',
			{ provoked: [/^500 \/debug\/boom$/, /^console error: .* 500 .*\(\/debug\/boom\)$/] },
			async (page) => {
				const response = await open(page, '/debug/boom');
				assert.equal(response.status(), 500);
				assert.ok(!(await response.text()).includes('glue'), 'the cause is told to visitors');
				await shows(page.locator('h1'), 'That did not work');
				await shows(page.locator('.lead'), 'Something broke in the workshop. It is our fault, not yours.');
			}
		);

		story('the same errors where a link leads to them', async (page) => {
			await open(page, '/about');
			await mark(page);
			const follow = (path) =>
				page.evaluate((path) => {
					const link = Object.assign(document.createElement('a'), { href: path });
					document.querySelector('main').append(link);
					link.click();
				}, path);
			await follow('/products/adze');
			await shows(page.locator('h1'), 'The hook on the wall is empty');
			await follow('/debug/boom');
			await shows(page.locator('h1'), 'That did not work');
			await shows(page.locator('.lead'), 'Something broke in the workshop');
			assert.equal(new URL(page.url()).pathname, '/debug/boom');
			assert.ok(await isMarked(page));
		});
	});
}

describe('what the checks would find', () => {
	const [shop] = shops;
	const finds = (name, pattern, told) =>
		test(name, () => assert.rejects(visit(browser, shop, {}, told), pattern));

	finds('an error in the console', /console error: planted/, async (page) => {
		await open(page, '/about');
		await page.evaluate(() => console.error('planted'));
	});

	finds('an exception that nobody catches', /uncaught: Error: planted/, async (page) => {
		await open(page, '/about');
		await page.evaluate(() => {
			const script = document.createElement('script');
			script.textContent = "throw new Error('planted')";
			document.head.append(script);
		});
	});

	finds('HTML that is not what the browser would render', /console (warning|error): .*(hydration|HierarchyRequestError)/, async (page) => {
		await page.route('/search', async (route) => {
			const response = await route.fetch();
			const text = await response.text();
			await route.fulfill({ response, body: text.replace('<h1>Search</h1>', '') });
		});
		await open(page, '/search');
	});

	finds('an image that is not there', /strop\.svg is not drawn/, async (page) => {
		await page.route('**/products/strop.svg', (route) => route.fulfill({ status: 404 }));
		await open(page, '/products/strop');
		await drawImages(page);
	});

	test('a provoked error that does not happen', () =>
		assert.rejects(
			visit(browser, shop, { provoked: [/planted/] }, (page) => open(page, '/about')),
			/planted\/ did not happen/
		));
});

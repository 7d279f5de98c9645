// What the shop has to show, whatever serves it.
import assert from 'node:assert/strict';
import { alive, isMarked, mark, open, shows } from './visit.js';

export const pages = {
	'/': 'Tools that are worth sharpening',
	'/about': 'About the workshop',
	'/products': 'All tools',
	'/products/bradawl': 'Bradawl',
	'/search': 'Search',
	'/search?q=plane': 'Search',
	'/cart': 'Basket',
	'/account': 'Sign in',
	'/orders/sample-1': 'Thank you, Ida Lindqvist',
	'/recommendations': 'For your bench',
	'/terms': 'Terms'
};

/**
 * What developer tools show of a form that the server does not take.
 * @param {string} path @param {number} status
 */
export const failure = (path, status = 422) => [
	new RegExp(`^${status} ${path}$`),
	new RegExp(`^console error: .* ${status} .*\\(${path}\\)$`)
];

/** @param {(name: string, options: any, told: (page: import('playwright-core').Page) => Promise<void>) => void} story */
export function sells(story) {
	story('every page comes rendered, and hydrates without a warning', {}, async (page) => {
		for (const [path, heading] of Object.entries(pages)) {
			const response = await open(page, path);
			assert.equal(response.status(), 200, path);
			assert.ok((await response.text()).includes(`${heading}</h1>`), `${path} is not rendered by the server`);
			assert.equal(await page.locator('h1').innerText(), heading);
			assert.equal(await page.locator('h1').count(), 1);
		}
	});

	story('the catalogue comes from the Java service', {}, async (page) => {
		const response = await open(page, '/products');
		assert.equal((await response.text()).split('<article').length - 1, 24);
		await shows(page.locator('h3'), 'Dovetail saw');
		await open(page, '/search?q=saw');
		await shows(page.getByRole('status'), '4 tools for “saw”');
	});

	story('an order is placed', { provoked: failure('/checkout') }, async (page) => {
		await intoBasket(page, 'strop');
		await page.getByRole('link', { name: 'Basket' }).first().click();
		await page.getByRole('link', { name: 'Go to checkout' }).click();
		await mark(page);
		await page.getByRole('button', { name: 'Place the order' }).click();
		await shows(page.getByRole('alert'), 'Please look again at 5 fields.');
		await order(page, 'Zoë');
		await shows(page.locator('.lead'), '1 Alder Row, AB1 2CD Mossby');
		await shows(page.locator('td'), 'Strop');
		assert.ok(await isMarked(page));
		await page.reload();
		await alive(page);
		assert.equal(await page.locator('h1').innerText(), 'Thank you, Zoë');
		// for the next test of the same database
		console.log(`placed: ${new URL(page.url()).pathname}`);
	});

	story('an order for more than there is changes nothing', { provoked: failure('/checkout', 409) }, async (page) => {
		await intoBasket(page, 'brace');
		await page.getByRole('link', { name: 'Basket' }).first().click();
		await page.getByLabel('Pieces of Ratchet brace').fill('20');
		await page.getByRole('button', { name: 'Update' }).click();
		await shows(page.locator('.lead'), '20 pieces');
		await page.getByRole('link', { name: 'Go to checkout' }).click();
		await fill(page, 'Zoë');
		await page.getByRole('button', { name: 'Place the order' }).click();
		await shows(page.getByRole('alert'), 'Ratchet brace: only 6 left.');
		await page.getByRole('link', { name: 'look at your basket' }).click();
		await shows(page.locator('.lead'), '20 pieces');
	});
}

/** @param {import('playwright-core').Page} page @param {string} slug */
export async function intoBasket(page, slug) {
	await open(page, `/products/${slug}`);
	await page.getByRole('button', { name: 'Add to basket' }).click();
	await shows(page.getByRole('status'), 'in your basket');
}

/** @param {import('playwright-core').Page} page @param {string} name */
async function fill(page, name) {
	for (const [label, text] of Object.entries({
		Name: name,
		'E-mail': 'zoe@example.org',
		'Street and number': '1 Alder Row',
		Postcode: 'AB1 2CD',
		Town: 'Mossby'
	})) {
		await page.getByLabel(label).fill(text);
	}
}

/**
 * From the checkout to the page of the order.
 * @param {import('playwright-core').Page} page @param {string} name
 */
export async function order(page, name) {
	await fill(page, name);
	await page.getByRole('button', { name: 'Place the order' }).click();
	await shows(page.locator('h1'), `Thank you, ${name}`);
}

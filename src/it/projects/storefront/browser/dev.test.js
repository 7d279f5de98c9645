// The shop at ORIGIN while its sources, in SHOP, change.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { intoBasket, order } from './shop.js';
import { isMarked, launch, mark, open, shows, visit } from './visit.js';

const { ORIGIN, SHOP, JAVAC, CLASS_PATH } = /** @type {Record<string, string>} */ (process.env);

/** Generous: the aim is 2 s, on a machine that has nothing else to do. */
const longest = 10_000;

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
	browser = await launch();
});
after(async () => {
	await browser?.close();
});

/** @param {string} file @param {string} from @param {string} to */
function change(file, from, to) {
	const text = readFileSync(file, 'utf8');
	assert.equal(text.split(from).length, 2, `${file} holds ${from} once`);
	writeFileSync(file, text.replace(from, to));
}

test('a page keeps what it has while a component and a Java class change, and the shop its orders', () =>
	visit(browser, { origin: ORIGIN, headers: {} }, {}, async (page) => {
		await intoBasket(page, 'bradawl');
		await page.goto('/checkout');
		await order(page, 'Ida');
		const placed = new URL(page.url()).pathname;

		await open(page, '/search?q=saw');
		await mark(page);
		const field = page.getByRole('searchbox');
		await field.fill('gouge');
		change(join(SHOP, 'src/lib/components/Footer.svelte'), '<footer>', '<footer><p>Closed on Mondays</p>');
		await shows(page.locator('footer'), 'Closed on Mondays');
		assert.equal(await field.inputValue(), 'gouge');
		assert.ok(await isMarked(page), 'the page was loaded again');

		const source = join(SHOP, 'src/main/java/dev/kitbridge/examples/storefront/DatabaseCatalogue.java');
		change(source, 'row.getString("name")', 'row.getString("name") + ", oiled"');
		execFileSync(JAVAC, ['-cp', CLASS_PATH, '-d', join(SHOP, 'target/classes'), source]);
		const start = performance.now();
		await page.getByRole('button', { name: 'Search' }).click();
		await shows(page.locator('h3'), 'Carving gouge, oiled');
		const took = performance.now() - start;
		console.log(`classes changed, and the new one answered ${took.toFixed(0)} ms later`);
		assert.ok(took < longest);
		assert.ok(await isMarked(page), 'the page was loaded again');

		await open(page, placed);
		await shows(page.locator('h1'), 'Thank you, Ida');
	}));

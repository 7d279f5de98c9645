// The shop at ORIGIN.
import process from 'node:process';
import { after, before, test } from 'node:test';
import { launch, visit } from './visit.js';
import { sells } from './shop.js';

const shop = { origin: /** @type {string} */ (process.env.ORIGIN), headers: {} };
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
	browser = await launch();
});
after(async () => {
	await browser?.close();
});

sells((name, options, told) => void test(name, () => visit(browser, shop, options, told)));

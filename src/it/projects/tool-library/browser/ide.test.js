// The tool library at ORIGIN, started as an IDE does beside Vite at VITE.
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { launch, shows } from './visit.js';

const { ORIGIN, VITE } = /** @type {Record<string, string>} */ (process.env);

test('the application serves pages with its beans, and Vite alone says where they are', { timeout: 300_000 }, async () => {
	const browser = await launch();
	try {
		const page = await browser.newPage({ baseURL: ORIGIN });
		page.setDefaultTimeout(60_000);
		await page.goto('/tools/1', { waitUntil: 'networkidle' });
		await shows(page.locator('h1'), 'Dovetail saw');
		await page.goto('/login', { waitUntil: 'networkidle' });
		await page.getByLabel('Name').fill('alice');
		await page.getByLabel('Password').fill('spokeshave');
		await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
		await page.getByRole('button', { name: 'Sign out alice' }).waitFor();
	} finally {
		await browser.close();
	}
	const direct = await fetch(VITE);
	assert.equal(direct.status, 500);
});

// A page in a browser while the sources behind it change.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { chromium } from 'playwright-core';

const { BROWSER, ORIGIN, SITE, JAVAC, CLASS_PATH } = /** @type {Record<string, string>} */ (process.env);

/** @param {string} file @param {string} from @param {string} to */
function change(file, from, to) {
	const text = readFileSync(file, 'utf8');
	assert.ok(text.includes(from), `${file} holds ${from}`);
	writeFileSync(file, text.replace(from, to));
}

test('a page keeps what it has while a component and a Java class change', { timeout: 120_000 }, async () => {
	const browser = await chromium.launch({ executablePath: BROWSER });
	try {
		const page = await browser.newPage();
		// Vite finds out what the page needs, and loads it once more then
		await page.goto(`${ORIGIN}/crossings/North`, { waitUntil: 'networkidle' });
		await page.goto(`${ORIGIN}/crossings/North`, { waitUntil: 'networkidle' });
		const tickets = page.locator('#buy');
		// until the page is alive, nothing counts
		while ((await tickets.textContent()) === '0 tickets') await tickets.click();
		const bought = await tickets.textContent();
		await page.evaluate(() => Object.assign(window, { mark: true }));

		change(join(SITE, 'src/Title.svelte'), 'Crossings', 'Ferries');
		await page.locator('h1').filter({ hasText: 'Ferries' }).waitFor();
		assert.equal(await tickets.textContent(), bought);

		const source = join(SITE, 'src/main/java/org/example/ferry/Summer.java');
		change(source, 'Seaholm via', 'Westholm via');
		execFileSync(JAVAC, ['-cp', CLASS_PATH, '-d', join(SITE, 'target/classes'), source]);
		const start = Date.now();
		await page.locator('#again').click();
		await page.locator('#crossing').filter({ hasText: 'Westholm via North' }).waitFor();
		console.log(`the Java class was there after ${Date.now() - start} ms`);
		assert.equal(await tickets.textContent(), bought);
		assert.equal(await page.evaluate(() => /** @type {any} */ (window).mark), true);
	} finally {
		await browser.close();
	}
});

test('the overlay shows why a service failed, with the line of the app', { timeout: 120_000 }, async () => {
	const browser = await chromium.launch({ executablePath: BROWSER });
	try {
		const page = await browser.newPage();
		await page.goto(`${ORIGIN}/crossings/storm`);
		const overlay = page.locator('vite-error-overlay');
		await overlay.locator('.message').filter({ hasText: 'ServiceFailed: timetable.from failed' }).waitFor({ state: 'attached' });
		assert.match(String(await overlay.locator('.stack').textContent()), /\+page\.server\.js:8:\d+/);
	} finally {
		await browser.close();
	}
});

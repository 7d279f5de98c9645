import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** A generous timeout: it only matters if a test fails. */
const patience = 60_000;

/** @param {string} [hosts] rules that map the names of hosts to addresses */
export function launch(hosts = '') {
	return chromium.launch({
		executablePath: process.env.BROWSER,
		timeout: patience,
		args: [
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			`--host-resolver-rules=${hosts}`,
			`--ignore-certificate-errors-spki-list=${process.env.HTTPS_KEY_HASH}`
		]
	});
}

/**
 * Runs a story with a new visitor. Errors and warnings in the console must match `provoked`.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ origin: string, headers: Record<string, string> }} shop
 * @param {import('playwright-core').BrowserContextOptions & { provoked?: RegExp[] }} options
 * @param {(page: import('playwright-core').Page, context: import('playwright-core').BrowserContext) => Promise<void>} story
 */
export async function visit(browser, shop, { provoked = [], ...options }, story) {
	const context = await browser.newContext({
		baseURL: shop.origin,
		extraHTTPHeaders: shop.headers,
		locale: 'en-GB',
		// a service worker answers instead of the server, unless it is blocked
		serviceWorkers: 'block',
		...options
	});
	try {
		context.setDefaultTimeout(patience);
		const problems = watch(context);
		await context.addInitScript(noteRouter);
		await story(await context.newPage(), context);
		// events arrive in order: after the answer to this, all earlier ones have arrived
		for (const page of context.pages()) await page.evaluate('0');
		assert.deepEqual(
			problems.filter((problem) => !provoked.some((pattern) => pattern.test(problem))),
			[]
		);
		for (const pattern of provoked) {
			assert.ok(problems.some((problem) => pattern.test(problem)), `${pattern} did not happen`);
		}
	} finally {
		await context.close();
	}
}

/** @param {import('playwright-core').BrowserContext} context */
function watch(context) {
	/** @type {string[]} */
	const problems = [];
	const path = (url) => (URL.canParse(url) ? new URL(url).pathname : url);
	context.on('console', (message) => {
		if (!['error', 'warning'].includes(message.type())) return;
		if (message.text() === 'Service Worker registration blocked by Playwright') return;
		problems.push(`console ${message.type()}: ${message.text()} (${path(message.location().url)})`);
	});
	context.on('weberror', (error) => problems.push(`uncaught: ${error.error()}`));
	context.on('response', (response) => {
		if (response.status() >= 400) problems.push(`${response.status()} ${path(response.url())}`);
	});
	context.on('requestfailed', (request) => {
		// cancelled by the page itself: a closed event source, a navigation that became a download
		const reason = request.failure()?.errorText;
		if (reason !== 'net::ERR_ABORTED') problems.push(`${reason} ${path(request.url())}`);
	});
	return problems;
}

/** Runs in the page. Kit listens to `popstate` when the page is hydrated, and not before. */
function noteRouter() {
	const add = EventTarget.prototype.addEventListener;
	EventTarget.prototype.addEventListener = function (type, ...rest) {
		const target = this ?? window;
		if (target === window && type === 'popstate') window.routerStarted = true;
		return add.call(target, type, ...rest);
	};
}

/** Goes to a page and waits until it is alive. */
export async function open(page, path) {
	const response = await page.goto(path);
	await alive(page);
	return response;
}

export async function alive(page) {
	await page.waitForFunction(() => window.routerStarted === true);
}

/** Waits for an element with this text. */
export async function shows(locator, text) {
	await locator.filter({ hasText: text }).first().waitFor();
}

/** Sets a mark that a full load of the page removes. */
export async function mark(page) {
	await page.evaluate(() => {
		window.mark = true;
	});
}

export async function isMarked(page) {
	return page.evaluate(() => window.mark === true);
}

/** Waits until every image of the page is drawn, also those that load when they come into view. */
export async function drawImages(page) {
	const images = await page.locator('img').all();
	assert.ok(images.length > 0, 'a page without images');
	for (const image of images) {
		await image.scrollIntoViewIfNeeded();
		const handle = await image.elementHandle();
		await page.waitForFunction((element) => element.complete, handle);
		const [source, width] = await image.evaluate((element) => [element.src, element.naturalWidth]);
		assert.ok(width > 0, `${source} is not drawn`);
	}
	return images.length;
}

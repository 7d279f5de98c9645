// The tool library at ORIGIN. Each test uses tools of its own.
import assert from 'node:assert/strict';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { alive, drawImages, isMarked, launch, mark, open, shows, visit } from './visit.js';

const ORIGIN = /** @type {string} */ (process.env.ORIGIN);
const library = { origin: ORIGIN, headers: {} };

const passwords = { alice: 'spokeshave', bob: 'bradawl', admin: 'whetstone' };

/** The smallest PNG. */
const png = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
	'base64'
);

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
	browser = await launch();
});
after(async () => {
	await browser?.close();
});

/**
 * @param {string} name
 * @param {import('playwright-core').BrowserContextOptions & { provoked?: RegExp[] }} options
 * @param {(page: import('playwright-core').Page, context: import('playwright-core').BrowserContext) => Promise<void>} story
 */
function story(name, options, story) {
	test(name, () => visit(browser, library, options, story));
}

/**
 * What developer tools show of a response.
 * @param {number} status @param {string} path a regular expression
 */
const failure = (status, path) => [
	new RegExp(`^${status} ${path}$`),
	new RegExp(`^console error: .* ${status} .*\\(${path}\\)$`)
];

/**
 * Fills the form of the login page.
 * @param {import('playwright-core').Page} page @param {keyof typeof passwords} name
 */
async function signIn(page, name, { password = passwords[name], remember = false } = {}) {
	await page.getByLabel('Name').fill(name);
	await page.getByLabel('Password').fill(password);
	if (remember) await page.getByLabel('Remember me').check();
	await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/** @param {import('playwright-core').Page} page @param {keyof typeof passwords} name */
async function enter(page, name, options = {}) {
	await open(page, '/login');
	await signIn(page, name, options);
	await isSignedIn(page, name);
}

/** @param {import('playwright-core').Page} page @param {string} name */
async function isSignedIn(page, name) {
	await page.getByRole('button', { name: `Sign out ${name}` }).waitFor();
	await alive(page);
}

/** @param {import('playwright-core').Page} page */
const heading = (page) => page.locator('h1');

/** @param {import('playwright-core').Page} page */
const pathOf = (page) => new URL(page.url()).pathname + new URL(page.url()).search;

/**
 * Sends a request from the page, and returns the status.
 * @param {import('playwright-core').Page} page @param {string} path @param {RequestInit} init
 */
const send = (page, path, init) =>
	page.evaluate(async ({ path, init }) => (await fetch(path, init)).status, { path, init });

story('pages come rendered, and hydrate without a warning', {}, async (page) => {
	const pages = {
		'/': 'Tools to borrow',
		'/?q=saw': 'Tools to borrow',
		'/activity': 'Activity',
		'/login': 'Sign in',
		'/tools/1': 'Dovetail saw'
	};
	for (const [path, text] of Object.entries(pages)) {
		const response = await open(page, path);
		assert.equal(response.status(), 200, path);
		assert.ok((await response.text()).includes(`${text}</h1>`), `${path} is not rendered by the server`);
		assert.equal(await heading(page).innerText(), text);
	}
});

story('a visitor who only looks gets no session', {}, async (page, context) => {
	await open(page, '/');
	await page.getByRole('link', { name: 'Dovetail saw' }).click();
	await shows(heading(page), 'Dovetail saw');
	assert.deepEqual(await context.cookies(), []);
});

story('fetch in a load reaches the controller, on the server and in the browser', {}, async (page) => {
	const fetched = [];
	page.on('request', (request) => {
		if (request.url().includes('/api/tools')) fetched.push(new URL(request.url()).search);
	});
	const response = await open(page, '/?q=saw');
	const html = await response.text();
	assert.ok(html.includes('Coping saw') && html.includes('Dovetail saw') && !html.includes('Jack plane'));
	assert.deepEqual(fetched, []);
	await page.getByRole('searchbox').fill('plane');
	await page.getByRole('button', { name: 'Search' }).click();
	await shows(page.getByRole('listitem'), 'Jack plane');
	assert.deepEqual(fetched, ['?q=plane']);
});

story('a wrong password, then the right one', {}, async (page) => {
	await open(page, '/login');
	await signIn(page, 'alice', { password: 'hacksaw' });
	await shows(page.getByRole('alert'), 'Name or password is wrong.');
	assert.equal(pathOf(page), '/login?error');
	await signIn(page, 'alice');
	await isSignedIn(page, 'alice');
	assert.equal(pathOf(page), '/');
});

story('a page for administrators asks for a login, and comes back', {}, async (page) => {
	await open(page, '/admin');
	assert.equal(pathOf(page), '/login');
	await signIn(page, 'admin');
	await shows(heading(page), 'Loans');
	assert.match(pathOf(page), /^\/admin(\?continue)?$/);
	await isSignedIn(page, 'admin');
});

story('a link to a page for members does so too', {}, async (page) => {
	await open(page, '/');
	await page.getByRole('link', { name: 'Give a tool' }).click();
	await shows(heading(page), 'Sign in');
	await signIn(page, 'bob');
	await shows(heading(page), 'Give a tool');
});

story('a session that has ended, found by a link to the page for administrators', {}, async (page, context) => {
	await enter(page, 'admin');
	await mark(page);
	await context.clearCookies();
	await page.getByRole('link', { name: 'Loans' }).click();
	await shows(heading(page), 'Sign in');
	await signIn(page, 'admin');
	await shows(heading(page), 'Loans');
	assert.match(pathOf(page), /^\/admin(\?continue)?$/);
});

story('a member sees an error page in place of it', { provoked: [...failure(403, '/admin'), ...failure(403, '/admin/__data.json')] }, async (page) => {
	await enter(page, 'alice');
	await page.evaluate(() => {
		const link = Object.assign(document.createElement('a'), { href: '/admin', textContent: 'Admin' });
		document.querySelector('main').append(link);
	});
	// the data of the root layout are rejected too, so that SvelteKit loads the page
	await page.getByRole('link', { name: 'Admin' }).click();
	await shows(heading(page), '403');

	// Spring Security rejects the request before the app renders: src/error.html
	const response = await page.goto('/admin');
	assert.equal(response.status(), 403);
	await shows(page.locator('p'), 'The tool library could not draw this page.');
});

story('a change through the API needs a token', { provoked: failure(403, '/api/tools/3/loan') }, async (page) => {
	await enter(page, 'alice');
	assert.equal(await send(page, '/api/tools/3/loan', { method: 'POST' }), 403);
	await page.getByRole('button', { name: 'Borrow Jack plane' }).click();
	await shows(page.getByRole('listitem').filter({ hasText: 'Jack plane' }), 'You have it');

	// the cookie of the visitor reaches the controller during rendering
	const response = await page.reload();
	assert.match(await response.text(), /Jack plane<\/a>.*?You have it/s);
});

test('a post from another origin is rejected, by whichever of both protects the path', async () => {
	const post = (path, contentType) =>
		fetch(ORIGIN + path, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: 'https://evil.example', 'content-type': contentType },
			body: 'name=Adze&username=alice&password=spokeshave'
		});
	for (const path of ['/tools/1?/borrow', '/login', '/logout', '/api/tools/1/loan']) {
		const response = await post(path, 'application/x-www-form-urlencoded');
		assert.equal(response.status, 403, path);
		assert.ok(!response.headers.get('set-cookie')?.includes('remember-me'));
	}
});

/** The page names its scripts, but none may run. */
const noScripts = /^csp \/_app\/immutable\/.*\.js$/;

for (const javaScriptEnabled of [true, false]) {
	const provoked = [...failure(422, '/tools/new'), ...(javaScriptEnabled ? [] : [noScripts])];
	const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

	story(`the messages of constraints stand at the fields, ${how}`, { javaScriptEnabled, locale: 'de-DE', provoked }, async (page) => {
		const go = javaScriptEnabled ? open : (page, path) => page.goto(path);
		await go(page, '/tools/new');
		await shows(heading(page), 'Sign in');
		await signIn(page, 'alice');
		await shows(heading(page), 'Give a tool');
		if (javaScriptEnabled) {
			await alive(page);
			await mark(page);
		}
		await page.getByLabel('Category').fill('wood');
		await page.getByLabel('Deposit').fill('501');
		await page.getByRole('button', { name: 'Give it' }).click();
		await shows(page.locator('#name-error'), 'darf nicht leer sein');
		await shows(page.locator('#deposit-error'), '500');
		assert.equal(await page.locator('#category-error').count(), 0);
		assert.equal(await page.getByLabel('Category').inputValue(), 'wood');

		await page.getByLabel('Name').fill(`Adze, ${how}`);
		await page.getByLabel('Deposit').fill('25');
		await page.getByRole('button', { name: 'Give it' }).click();
		await shows(heading(page), `Adze, ${how}`);
		assert.match(pathOf(page), /^\/tools\/\d+$/);
		if (javaScriptEnabled) assert.ok(await isMarked(page), 'the page was loaded again');
	});
}

story('a photo is uploaded', { provoked: failure(422, '/tools/4') }, async (page) => {
	await enter(page, 'bob');
	await open(page, '/tools/4');
	await mark(page);
	const photo = page.getByLabel('Photo');
	const upload = page.getByRole('button', { name: 'Upload' });

	await photo.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no photo') });
	await upload.click();
	await shows(page.locator('#photo-error'), 'must be a JPEG, PNG or WebP image');

	await photo.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(400_001) });
	await upload.click();
	await shows(page.locator('#photo-error'), 'must be smaller than 400 kB');

	await photo.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png });
	await upload.click();
	await page.locator('img').waitFor();
	assert.equal(await drawImages(page), 1);
	assert.ok(await isMarked(page), 'the page was loaded again');

	// byte for byte
	const stored = await (await fetch(`${ORIGIN}/api/tools/4/photo`)).arrayBuffer();
	assert.deepEqual(Buffer.from(stored), png);
});

story('a tool is lent once, and given back', { provoked: failure(409, '/tools/5') }, async (page) => {
	await enter(page, 'alice');
	await open(page, '/tools/5');
	await visit(browser, library, {}, async (other) => {
		await enter(other, 'bob');
		await open(other, '/tools/5');
		await other.getByRole('button', { name: 'Borrow' }).click();
		await shows(other.getByRole('status'), 'You have it.');

		await page.getByRole('button', { name: 'Borrow' }).click();
		await shows(page.getByRole('alert'), 'Tap and die set is on loan');

		await other.getByRole('button', { name: 'Give back' }).click();
		await other.getByRole('button', { name: 'Borrow' }).waitFor();
	});
	await open(page, '/tools/5');
	await page.getByRole('button', { name: 'Borrow' }).waitFor();
});

story('an administrator sees loans and removes a tool', {}, async (page) => {
	await enter(page, 'admin');
	await open(page, '/tools/7');
	await page.getByRole('button', { name: 'Borrow' }).click();
	await shows(page.getByRole('status'), 'You have it.');
	await page.getByRole('link', { name: 'Loans' }).click();
	await shows(page.getByRole('row').filter({ hasText: 'admin' }), 'Post-hole digger');
	await page.getByRole('button', { name: 'Remove Post-hole digger' }).click();
	await page.getByRole('button', { name: 'Remove Post-hole digger' }).waitFor({ state: 'detached' });
	assert.equal((await fetch(`${ORIGIN}/api/tools/7`)).status, 404);
});

story('events arrive as they happen', {}, async (page) => {
	await open(page, '/activity');
	await shows(page.getByRole('status'), 'Live');
	await visit(browser, library, {}, async (other) => {
		await enter(other, 'bob');
		await open(other, '/tools/6');
		await other.getByRole('button', { name: 'Borrow' }).click();
		await shows(page.getByRole('listitem'), 'Wheelbarrow is on loan');
		await other.getByRole('button', { name: 'Give back' }).click();
		await shows(page.getByRole('listitem'), 'Wheelbarrow is back');
	});
});

for (const path of ['/activity/stream', '/api/activity']) {
	story(`events of ${path} arrive one by one`, {}, async (page) => {
		await enter(page, 'bob');
		await open(page, '/tools/2');
		const cancel = new AbortController();
		const response = await fetch(ORIGIN + path, { signal: cancel.signal });
		assert.equal(response.status, 200);
		assert.match(response.headers.get('content-type'), /^text\/event-stream/);
		const chunks = response.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
		let text = '';
		const until = async (part) => {
			while (!text.includes(part)) text += (await chunks.next()).value;
		};
		await until('open');
		for (let round = 0; round < 2; round++) {
			await page.getByRole('button', { name: 'Borrow' }).click();
			await until('Coping saw is on loan');
			assert.ok(!text.includes('Coping saw is back'));
			text = '';
			await page.getByRole('button', { name: 'Give back' }).click();
			await until('Coping saw is back');
			text = '';
		}
		cancel.abort();
	});
}

story('signing out ends the session', {}, async (page) => {
	await enter(page, 'alice');
	await page.getByRole('button', { name: 'Sign out alice' }).click();
	await shows(page.getByRole('status'), 'You have signed out.');
	await alive(page);
	await open(page, '/tools/new');
	assert.equal(pathOf(page), '/login');
});

story('a member is remembered without a session, and others are not', {}, async (page, context) => {
	await enter(page, 'alice');
	await context.clearCookies({ name: 'JSESSIONID' });
	await open(page, '/');
	await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sign in' }).waitFor();

	await enter(page, 'alice', { remember: true });
	await open(page, '/tools/1');
	await page.getByRole('button', { name: 'Borrow' }).click();
	await shows(page.getByRole('status'), 'You have it.');
	await context.clearCookies({ name: 'JSESSIONID' });
	const response = await open(page, '/');
	await isSignedIn(page, 'alice');
	// in the controller, too
	assert.match(await response.text(), /Dovetail saw<\/a>.*?You have it/s);
	// and the request of the load created no session of its own
	const cookies = (await response.headersArray()).filter(({ name }) => name.toLowerCase() === 'set-cookie');
	assert.equal(cookies.filter(({ value }) => value.startsWith('JSESSIONID=')).length, 1, JSON.stringify(cookies));
	await open(page, '/tools/1');
	await page.getByRole('button', { name: 'Give back' }).click();
	await page.getByRole('button', { name: 'Borrow' }).waitFor();
});

story('a missing page', { provoked: failure(404, '/nothing-here') }, async (page) => {
	const response = await open(page, '/nothing-here');
	assert.equal(response.status(), 404);
	assert.ok((await response.text()).includes('No such page</h1>'));
	await shows(heading(page), 'No such page');
});

test('a client of the API gets the error of Spring', async () => {
	const response = await fetch(`${ORIGIN}/api/nothing-here`, { headers: { accept: 'application/json' } });
	assert.equal(response.status, 404);
	assert.match(response.headers.get('content-type'), /^application\/(problem\+)?json/);
	const { status, path } = await response.json();
	assert.deepEqual({ status, path }, { status: 404, path: '/api/nothing-here' });

	const anonymous = await fetch(`${ORIGIN}/api/tools`, { method: 'POST' });
	assert.equal(anonymous.status, 403);
});

story('the actuator is answered by Spring', {}, async (page) => {
	for (const group of ['liveness', 'readiness']) {
		const health = await fetch(`${ORIGIN}/actuator/health/${group}`);
		assert.equal(health.status, 200);
		assert.equal((await health.json()).status, 'UP');
	}
	const metrics = await fetch(`${ORIGIN}/actuator/metrics`, { redirect: 'manual' });
	assert.equal(metrics.status, 302);
	await enter(page, 'admin');
	const { names } = await page.evaluate(async () => (await fetch('/actuator/metrics')).json());
	assert.ok(names.includes('http.server.requests'));
	assert.ok(names.some((name) => name.startsWith('kitbridge.')), names.join());
});

test('the SvelteKit app is served with its caching', async () => {
	const html = await (await fetch(ORIGIN)).text();
	const [script] = html.match(/_app\/immutable\/[^"]+\.js/);
	const response = await fetch(`${ORIGIN}/${script}`);
	assert.equal(response.status, 200);
	assert.match(response.headers.get('cache-control'), /immutable/);
});

// The tool library under adapter:dev at ORIGIN, in a browser, while the sources in FOLDER change.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { alive, isMarked, launch, mark, shows } from './visit.js';

const { ORIGIN, FOLDER, JAVAC, CLASS_PATH } = /** @type {Record<string, string>} */ (process.env);

const limit = { timeout: 300_000 };

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;
before(async () => {
	browser = await launch();
	page = await browser.newPage({ baseURL: ORIGIN });
	page.setDefaultTimeout(60_000);
	await page.addInitScript(() => {
		const add = EventTarget.prototype.addEventListener;
		EventTarget.prototype.addEventListener = function (type, ...rest) {
			if ((this ?? window) === window && type === 'popstate') window.routerStarted = true;
			return add.call(this ?? window, type, ...rest);
		};
	});
});
after(async () => {
	await browser?.close();
});

/** @param {string} file @param {string} from @param {string} to */
function change(file, from, to) {
	const path = join(FOLDER, file);
	const text = readFileSync(path, 'utf8');
	assert.ok(text.includes(from), `${file} has no ${from}`);
	writeFileSync(path, text.replace(from, to));
}

/** Loads a page twice: Vite finds its dependencies at the first time, and loads it again. @param {string} path */
async function open(path) {
	await page.goto(path, { waitUntil: 'networkidle' });
	await page.goto(path, { waitUntil: 'networkidle' });
	await alive(page);
}

const heading = () => page.locator('h1');

test('a page for members asks for a login, and posts to Spring', limit, async () => {
	await open('/tools/new');
	await shows(heading(), 'Sign in');
	await page.getByLabel('Name').fill('alice');
	await page.getByLabel('Password').fill('spokeshave');
	await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
	await shows(heading(), 'Give a tool');
	await page.getByRole('button', { name: 'Sign out alice' }).waitFor();
});

test('beans, the user, the CSRF token and controllers are those of the application', limit, async () => {
	await open('/');
	// through fetch in load, in the browser
	await page.getByRole('button', { name: 'Borrow Jack plane' }).click();
	await shows(page.getByRole('listitem').filter({ hasText: 'Jack plane' }), 'You have it');
	// and on the server, with the visitor's session
	const html = await (await page.reload()).text();
	assert.match(html, /Jack plane<\/a>.*?You have it/s);

	// a form action that calls a bean, which needs a user
	await open('/tools/2');
	await shows(heading(), 'Coping saw');
	await page.getByRole('button', { name: 'Borrow' }).click();
	await shows(page.getByRole('status'), 'You have it.');
	await page.getByRole('button', { name: 'Give back' }).click();
	await page.getByRole('button', { name: 'Borrow' }).waitFor();
});

test('messages of constraints arrive at the fields', limit, async () => {
	await open('/tools/new');
	await page.getByLabel('Deposit').fill('501');
	await page.getByRole('button', { name: 'Give it' }).click();
	await shows(page.locator('#deposit-error'), '500');
});

test('a page for administrators is closed to members', limit, async () => {
	const response = await page.goto('/admin');
	assert.equal(response.status(), 403);
});

test('a changed component appears without a reload, and a changed class after a restart', limit, async () => {
	await open('/tools/1');
	await shows(heading(), 'Dovetail saw');
	await mark(page);

	change('src/routes/tools/[id]/+page.svelte', '<h1>{tool.name}</h1>', '<h1>{tool.name} for hire</h1>');
	await shows(heading(), 'Dovetail saw for hire');
	assert.ok(await isMarked(page), 'the page was loaded again');

	const source = 'src/main/java/dev/kitbridge/examples/toollibrary/Tool.java';
	change(source, 'id, name, category', 'id, name + ", sharpened", category');
	execFileSync(JAVAC, ['-parameters', '-cp', CLASS_PATH, '-d', join(FOLDER, 'target/classes'), join(FOLDER, source)]);
	// each request is answered, by the old application or by the new one
	while (!(await heading().innerText()).includes('sharpened')) {
		await page.getByRole('link', { name: 'Mossby Tool Library' }).click();
		await shows(heading(), 'Tools to borrow');
		await page.getByRole('link', { name: 'Dovetail saw' }).click();
		await shows(heading(), 'for hire');
	}
	assert.ok(await isMarked(page), 'the page was loaded again');
});

test('an application that cannot start says why, and its page comes back', limit, async () => {
	const settings = 'target/classes/application.yml';
	await page.goto('/tools/1');
	change(settings, 'ddl-auto: validate', 'ddl-auto: nonsense');
	while ((await page.goto('/tools/1')).status() !== 503);
	await shows(heading(), 'The application does not run');
	await shows(page.locator('pre'), 'nonsense');
	change(settings, 'ddl-auto: nonsense', 'ddl-auto: validate');
	await shows(heading(), 'Dovetail saw, sharpened for hire');
});

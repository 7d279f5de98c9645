import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, test } from 'node:test';
import { inspect } from '../../main/resources/dev/kitbridge/maven/vite/published.mjs';

let base = '';
let root = '';
let folder = '';

beforeEach(() => {
	base = realpathSync(mkdtempSync(join(tmpdir(), 'published-')));
	root = join(base, 'repository/module/src/main/frontend');
	folder = join(root, 'static');
	mkdirSync(folder, { recursive: true });
	mkdirSync(join(base, 'repository/.git'));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

/** @param {string | Buffer} name */
function write(name) {
	writeFileSync(Buffer.concat([Buffer.from(folder + '/'), Buffer.from(name)]), 'x');
}

test('ordinary and odd names are published', () => {
	for (const name of ['a.txt', "it's.txt", '"q".txt', 'a\\b', 'a#b?c%41', ' a ', 'a.', '.hidden', 'ü日', '..a', 'x'.repeat(255)]) {
		write(name);
	}
	assert.deepEqual(inspect(folder, root), { links: [] });
});

test('a name that cannot be published is named with its cure', () => {
	for (const [name, fault] of /** @type {[string | Buffer, string][]} */ ([
		['a\nb', 'has the control character "\\n"'],
		['a\rb', 'has the control character "\\r"'],
		['a\tb', 'has the control character "\\t"'],
		...(process.platform === 'linux' ? [[Buffer.from([0x61, 0xff]), 'is not UTF-8']] : [])
	])) {
		rmSync(folder, { recursive: true });
		mkdirSync(folder);
		write(name);
		const { error } = inspect(folder, root);
		assert.match(String(error), /^The file name "static\/a.*"; rename|^The file name "static\/a.*rename the file$/);
		assert.ok(error?.includes(fault), error);
	}
});

test('links within the app say nothing', () => {
	writeFileSync(join(root, 'logo.svg'), 'x');
	symlinkSync('../logo.svg', join(folder, 'logo.svg'));
	assert.deepEqual(inspect(folder, root), { links: [] });
});

test('links that leave the app are told, and those that leave the repository told apart', () => {
	mkdirSync(join(base, 'repository/shared'));
	writeFileSync(join(base, 'repository/shared/logo.svg'), 'x');
	mkdirSync(join(base, 'elsewhere'));
	writeFileSync(join(base, 'elsewhere/secret'), 'x');
	symlinkSync(join(base, 'repository/shared'), join(folder, 'shared'));
	symlinkSync('../../../../../../elsewhere/secret', join(folder, 'secret'));
	assert.deepEqual(inspect(folder, root), {
		links: [
			{ name: 'static/secret', target: join(base, 'elsewhere/secret'), outside: true },
			{ name: 'static/shared', target: join(base, 'repository/shared'), outside: false }
		]
	});
});

test("without git, the repository is Maven's topmost module", () => {
	rmSync(join(base, 'repository/.git'), { recursive: true });
	writeFileSync(join(base, 'repository/pom.xml'), '');
	writeFileSync(join(base, 'repository/module/pom.xml'), '');
	writeFileSync(join(base, 'repository/logo.svg'), 'x');
	writeFileSync(join(base, 'logo.svg'), 'x');
	symlinkSync(join(base, 'repository/logo.svg'), join(folder, 'a.svg'));
	symlinkSync(join(base, 'logo.svg'), join(folder, 'b.svg'));
	assert.deepEqual(
		inspect(folder, root).links.map(({ outside }) => outside),
		[false, true]
	);
});

test('links that lead nowhere, or round, are errors', () => {
	symlinkSync('missing', join(folder, 'a'));
	assert.equal(
		inspect(folder, root).error,
		'static/a is a link that leads to no file; remove the link, or create what it should lead to'
	);
	rmSync(join(folder, 'a'));
	symlinkSync('a', join(folder, 'a'));
	assert.match(String(inspect(folder, root).error), /^static\/a is a link that leads to no file/);
	rmSync(join(folder, 'a'));
	mkdirSync(join(folder, 'b'));
	symlinkSync('..', join(folder, 'b/round'));
	assert.equal(
		inspect(folder, root).error,
		`static/b/round is a link to ${folder}, a folder that it lies in; remove the link`
	);
});

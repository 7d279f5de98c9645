import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

const { command_words, is_question_to_git } = await import(pathToFileURL(join(MODULES, 'commands.mjs')).href);

describe('what a Node reads is noted', () => {
	/** @type {string} */
	let root;
	before(() => {
		root = realpathSync(mkdtempSync(join(tmpdir(), 'kitbridge-trace-')));
		mkdirSync(join(root, 'bridge'));
		for (const name of ['reads.mjs', 'commands.mjs']) cpSync(join(MODULES, name), join(root, 'bridge', name));
		mkdirSync(join(root, 'app/folder/deep'), { recursive: true });
		mkdirSync(join(root, 'app/node_modules/installed'), { recursive: true });
		mkdirSync(join(root, 'linked'));
		symlinkSync(join(root, 'linked'), join(root, 'app/node_modules/linked'));
		for (const file of ['app/a.txt', 'app/node_modules/installed/a.js', 'linked/a.js']) writeFileSync(join(root, file), '');
	});
	after(() => rmSync(root, { recursive: true }));

	/**
	 * The facts of a script; paths are relative to the app.
	 * @param {string} script
	 * @param {Record<string, string>} [variables]
	 */
	function trace(script, variables = {}) {
		writeFileSync(join(root, 'app/script.mjs'), script);
		const { NODE_TEST_CONTEXT: _, ...outer } = process.env;
		const args = ['--import', pathToFileURL(join(root, 'bridge/reads.mjs')).href, 'script.mjs'];
		const file = join(root, 'bridge/trace.jsonl');
		const env = { ...outer, ...variables, KITBRIDGE_TRACE: file };
		execFileSync(process.execPath, args, { cwd: join(root, 'app'), env });
		if (!existsSync(file)) return [];
		const text = readFileSync(file, 'utf8');
		rmSync(file);
		const lines = text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
		return lines
			.map(([kind, ...rest]) => [kind, ...rest.map((value) => String(value).replace(`${root}/app/`, ''))].join(' '))
			.filter((fact) => !fact.endsWith('script.mjs') && !fact.startsWith('env NODE_'));
	}

	test('files, by every way to read one', () => {
		for (const read of [
			"fs.readFileSync('a.txt')",
			"readFileSync('a.txt')",
			"fs.readFileSync(new URL('./a.txt', import.meta.url))",
			"fs.readFileSync(Buffer.from('a.txt'))",
			"await fs.promises.readFile('a.txt')",
			"await new Promise((done) => fs.readFile('a.txt', done))",
			"for await (const _ of fs.createReadStream('a.txt')) ;",
			"fs.closeSync(fs.openSync('a.txt'))",
			"await (await fs.promises.open('a.txt')).close()",
			"await promisify(fs.readFile)('a.txt')"
		]) {
			const facts = trace(`import fs, { readFileSync } from 'node:fs'; import { promisify } from 'node:util'; ${read}`);
			assert.deepEqual(facts, ['file a.txt'], read);
		}
	});

	test('folders, questions whether something exists, and what is written', () => {
		const facts = trace(`import fs from 'node:fs';
			fs.existsSync('missing'); fs.statSync('a.txt'); await fs.promises.access('a.txt');
			fs.readdirSync('folder'); fs.readdirSync('folder/deep', { recursive: true }); fs.globSync('folder/*');
			fs.writeFileSync('b.txt', ''); fs.renameSync('b.txt', 'c.txt'); fs.createWriteStream('d.txt').end(); fs.rmSync('c.txt');`);
		for (const fact of ['look missing', 'look a.txt', 'list folder', 'tree folder/deep', 'wrote b.txt', 'wrote c.txt', 'wrote d.txt']) {
			assert.ok(facts.includes(fact), `${fact} in ${facts}`);
		}
	});

	test('packages of the workspace, but no installed ones', () => {
		const facts = trace(`import fs from 'node:fs';
			for (const name of ['installed', 'linked']) fs.readFileSync('node_modules/' + name + '/a.js');`);
		assert.deepEqual(facts, [`file ${root}/linked/a.js`]);
	});

	test('variables that are read, by computed names too; all, where all are listed', () => {
		assert.deepEqual(trace("process.env['A' + 'B']; 'CD' in process.env; Object.hasOwn(process.env, 'EF');"), [
			'env AB',
			'env CD',
			'env EF'
		]);
		assert.deepEqual(trace('({ ...process.env });'), ['prefix ']);
		assert.deepEqual(trace('process.env.X = 1; delete process.env.X; if ("X" in process.env) throw 1;'), ['env X']);
	});

	test('programs: Git is asked again, a Node notes its own reads, of others nothing is known', () => {
		const facts = trace(`import { execSync, execFileSync, spawn } from 'node:child_process';
			execFileSync('git', ['--version']); execSync('git var GIT_PAGER');
			execFileSync(process.execPath, ['-e', "require('fs').readFileSync('a.txt')"]);
			await new Promise((done) => spawn(process.execPath, ['-e', "require('fs').existsSync('b')"]).on('close', done));
			execSync('true'); execSync('true; true');`);
		const ids = facts.filter((fact) => fact.startsWith('traced ')).map((fact) => fact.slice(7));
		assert.equal(ids.length, 2);
		const known = facts.filter((fact) => !ids.some((id) => fact.includes(id)));
		assert.deepEqual(known.map((fact) => fact.replace(/^ran \d+-\d+-\d+/, 'ran')), [
			`git ${root}/app --version`,
			`git ${root}/app var,GIT_PAGER`,
			'file a.txt',
			'look b',
			'ran true',
			'ran null true; true'
		]);
	});

	test('programs run as they would', () => {
		trace(
			`import { execSync, spawnSync, exec } from 'node:child_process'; import { promisify } from 'node:util'; import assert from 'node:assert';
			assert.equal(execSync('echo $GIVEN', { encoding: 'utf8' }), 'outer\\n');
			assert.equal(spawnSync('echo $GIVEN', { shell: true, env: { GIVEN: 'own' } }).stdout + '', 'own\\n');
			assert.equal((await promisify(exec)('echo $GIVEN')).stdout, 'outer\\n');
			assert.equal(execSync(process.execPath + ' -p process.env.NODE_OPTIONS', { encoding: 'utf8' }).includes('--no-warnings'), true);`,
			{ GIVEN: 'outer', NODE_OPTIONS: '--no-warnings' }
		);
	});
});

test('a command line is taken apart if no shell is needed for it', () => {
	assert.deepEqual(command_words('git log -1 --format="%h %s"'), ['git', 'log', '-1', '--format=%h %s']);
	assert.deepEqual(command_words("svelte-kit  --help 'a b'"), ['svelte-kit', '--help', 'a b']);
	for (const text of ['a | b', 'a && b', 'a $B', 'a > b', 'A=1 b', 'a `b`', 'a "$B"', 'a *.js', '']) {
		assert.equal(command_words(text), null, text);
	}
});

test('questions to Git change nothing', () => {
	for (const text of ['rev-parse HEAD', 'describe --tags --dirty', '-C .. log -1', 'branch --show-current', 'tag --points-at HEAD']) {
		assert.ok(is_question_to_git(['git', ...text.split(' ')]), text);
	}
	for (const text of ['commit -m x', 'tag v1', 'branch -D x', 'checkout x', 'fetch', 'log --output=x', 'config a b']) {
		assert.ok(!is_question_to_git(['git', ...text.split(' ')]), text);
	}
	assert.ok(!is_question_to_git(['svn', 'log']));
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
		const file = join(root, 'facts.json');
		// before `begin`, which deletes the notes at the end
		const start = `import { begin, facts } from './reads.mjs'; import { writeFileSync } from 'node:fs';
			process.on('exit', () => writeFileSync(${JSON.stringify(file)}, JSON.stringify(facts()))); begin();`;
		writeFileSync(join(root, 'bridge/start.mjs'), start);
		const args = ['--import', pathToFileURL(join(root, 'bridge/start.mjs')).href, 'script.mjs'];
		execFileSync(process.execPath, args, { cwd: join(root, 'app'), env: { ...outer, ...variables } });
		/** @type {unknown[][]} */
		const lines = JSON.parse(readFileSync(file, 'utf8'));
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

	test('questions whether something exists, by every way to ask', () => {
		for (const ask of [
			"fs.existsSync('a.txt')",
			"fs.statSync('a.txt')",
			"fs.lstatSync('a.txt', { throwIfNoEntry: false })",
			"fs.accessSync('a.txt')",
			"fs.realpathSync('a.txt')",
			"fs.realpathSync.native('a.txt')",
			"await new Promise((done) => fs.realpath('a.txt', done))",
			"await new Promise((done) => fs.realpath.native('a.txt', done))",
			"await new Promise((done) => fs.exists('a.txt', done))",
			"for (const ask of ['access', 'lstat', 'stat', 'realpath']) await fs.promises[ask]('a.txt')"
		]) {
			// resolving a link asks for each folder of its path
			const facts = trace(`import fs from 'node:fs'; ${ask}`).filter((fact) => !root.startsWith(fact.slice('look '.length)));
			assert.ok(facts.includes('look a.txt'), `${ask}: ${facts}`);
		}
	});

	test('connections, by every way to open one', () => {
		for (const connect of [
			'await (await fetch(`http://127.0.0.1:${port}/`)).text()',
			'await new Promise((done) => http.get({ host: "127.0.0.1", port }, (answer) => answer.resume().on("end", done)))',
			'await new Promise((done) => net.connect(port, "127.0.0.1", function () { this.destroy(); done(); }))'
		]) {
			const facts = trace(`import http from 'node:http'; import net from 'node:net';
				const server = http.createServer((_, answer) => answer.end()).listen(0, '127.0.0.1');
				await new Promise((done) => server.on('listening', done));
				const { port } = server.address();
				${connect}; server.close(); server.closeAllConnections();`);
			assert.match(facts.join('\n'), /^net 127\.0\.0\.1:\d+ false$/, connect);
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

	test('programs: Git is asked again, of others nothing is known', () => {
		const facts = trace(`import { execSync, execFileSync, spawn } from 'node:child_process';
			execFileSync('git', ['--version']); execSync('git var GIT_PAGER');
			execFileSync(process.execPath, ['--version']);
			await new Promise((done) => spawn('true', ['a']).on('close', done));
			execSync('true'); execSync('true; true');`);
		assert.deepEqual(facts, [
			`git ${root}/app --version`,
			`git ${root}/app var,GIT_PAGER`,
			`ran ${process.execPath} --version`,
			'ran true a',
			'ran true',
			'ran true; true'
		]);
	});

	test('programs run as they would', () => {
		trace(
			`import { execSync, spawnSync, exec } from 'node:child_process'; import { promisify } from 'node:util'; import assert from 'node:assert';
			const node = JSON.stringify(process.execPath);
			assert.equal(execSync('echo $GIVEN', { encoding: 'utf8' }), 'outer\\n');
			assert.equal(spawnSync('echo $GIVEN', { shell: true, env: { GIVEN: 'own' } }).stdout + '', 'own\\n');
			assert.equal((await promisify(exec)('echo $GIVEN')).stdout, 'outer\\n');
			process.env.SET = 1;
			delete process.env.GIVEN;
			assert.equal(execSync('echo $SET$GIVEN', { encoding: 'utf8' }), '1\\n');
			assert.equal(execSync(node + ' -p "[process.env.NODE_OPTIONS, process.env.SET]"', { encoding: 'utf8' }), "[ '--no-warnings', '1' ]\\n");
			process.env = { ...process.env, SET: '2' };
			assert.equal(execSync('echo $SET', { encoding: 'utf8' }), '2\\n');
			assert.equal(spawnSync(process.execPath, ['-p', 'Object.keys(process.env).length'], { env: {} }).stdout + '', '0\\n');
			assert.throws(() => execSync('exit 3'), { status: 3 });`,
			{ GIVEN: 'outer', NODE_OPTIONS: '--no-warnings' }
		);
	});

	test('variables can be copied and sent to threads', () => {
		trace(
			`import assert from 'node:assert'; import { once } from 'node:events'; import { Worker } from 'node:worker_threads';
			for (const copy of [structuredClone(process.env), structuredClone({ a: [process.env] }).a[0], { ...process.env },
				JSON.parse(JSON.stringify(process.env)), Object.fromEntries(Object.keys(process.env).map((name) => [name, process.env[name]]))]) {
				assert.equal(copy.GIVEN, 'outer');
			}
			assert.throws(() => structuredClone({ env: process.env, call() {} }), { name: 'DataCloneError' });
			const script = \`const { parentPort, workerData } = require('node:worker_threads');
				parentPort.once('message', (env) => parentPort.postMessage([workerData.env.GIVEN, env.GIVEN, process.env.GIVEN]));\`;
			const worker = new Worker(script, { eval: true, workerData: { env: process.env } });
			worker.postMessage(process.env);
			assert.deepEqual((await once(worker, 'message'))[0], ['outer', 'outer', 'outer']);`,
			{ GIVEN: 'outer' }
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

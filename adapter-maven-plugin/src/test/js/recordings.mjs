// Records the builds that the Java tests work on: node recordings.mjs, once the packages are in target/js.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { make_app, run_bridge } from './support.mjs';

const resources = join(dirname(fileURLToPath(import.meta.url)), '../resources/dev/kitbridge/maven/recorded');

for (const kit of /** @type {import('./support.mjs').Kit[]} */ (['kit3', 'kit2'])) {
	const root = make_app(kit, 'recorded');
	const build = await run_bridge(root, { listen: true });
	if (build.code !== 0) throw new Error(build.text);
	const to = join(resources, kit);
	rmSync(to, { recursive: true, force: true });
	mkdirSync(to, { recursive: true });
	// the Java code only copies and compresses the files, so their content does not matter
	const files = readdirSync(join(root, '.svelte-kit'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(join(root, '.svelte-kit'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.filter((file) => /^(output|kitbridge\/(env\/.*|fallback\.html$))/.test(file));
	writeFileSync(join(to, 'files.txt'), files.sort().join('\n') + '\n');
	const record = JSON.parse(JSON.stringify(build.record).replaceAll(root, '/app'));
	writeFileSync(join(to, 'build.json'), JSON.stringify(record, null, '\t') + '\n');
	writeFileSync(join(to, 'kit.json'), JSON.stringify(build.kit, null, '\t') + '\n');
	if (kit === 'kit3') await record_source_maps(root);
}

/** Records the source maps that kit itself writes for moved files. @param {string} root */
async function record_source_maps(root) {
	const module = join(root, '../../node_modules/@sveltejs/kit/src/utils/sourcemap.js');
	const { rebase_sourcemap } = await import(pathToFileURL(module).href);
	const map = (/** @type {any} */ values) => JSON.stringify({ version: 3, mappings: 'AAAA', ...values });
	const inner = { version: 3, sources: ['../src/a.js'], mappings: '' };
	const texts = [
		map({ sources: ['../src/a.js', '../../b.js', 'c.js', './d/e.js', null, ''] }),
		map({ sources: ['/abs.js', '\\\\share\\f.js', 'C:\\g.js', 'webpack://h/i.js', 'data:text/plain,j'] }),
		map({ sources: ['\0virtual:k', '../\0vite/preload-helper.js', 'l m.js', 'n.svelte?svelte&type=style', 'ö/日本.js'] }),
		map({ sources: ['../out/moved', '..', '.'], names: ['o'] }),
		map({ sourceRoot: '../src/', sources: ['p.js'] }),
		map({ sourceRoot: '../src', sources: ['p.js'] }),
		map({ sourceRoot: '', sources: ['../q.js'] }),
		map({ sourceRoot: '../moved/to', sources: ['r.js'] }),
		map({ sourceRoot: 'https://sources.example/', sources: ['s.js'] }),
		map({ sections: [{ offset: { line: 0, column: 0 }, map: inner }, { offset: { line: 9, column: 0 }, url: 't.map' }] }),
		map({ sources: ['/nothing/to/do.js'] }),
		map({ sources: ['../u.js'] }) + '\n',
		JSON.stringify({ version: 2, sources: ['../v.js'] }),
		JSON.stringify({ sources: ['../w.js'] }),
		'[1, 2]',
		'3',
		'null',
		'"text"',
		'not JSON',
		''
	];
	/** @type {[string, string][]} */
	const moves = [
		['/app/out', '/app/moved/to'],
		['/app/out', '/app'],
		['/app/out', '/app/out']
	];
	const cases = moves.flatMap(([from, to]) =>
		texts.map((text) => ({ from, to, text, expected: attempt(() => rebase_sourcemap(text, `${from}/x.map`, `${to}/x.map`)) }))
	);
	writeFileSync(join(resources, 'source-maps.json'), JSON.stringify(cases, null, '\t') + '\n');
}

/** Returns null if kit throws, as it does for the text `null`. @param {() => string} run */
function attempt(run) {
	try {
		return run();
	} catch {
		return null;
	}
}

// Records the builds of kitbridge-adapter-test, and what this module's tests compare with: node recordings.mjs, once the packages are
// in target/js.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { make_app, make_site, run_bridge } from './support.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const resources = join(here, '../resources/dev/kitbridge/maven/recorded');
const builds = join(here, '../../../../adapter-test/src/main/resources/dev/kitbridge/adapter/test');

for (const kit of ['kit3', 'kit2']) {
	const root = make_app(kit, 'recorded');
	const texts = await record(root, join(builds, kit), true);
	rmSync(join(resources, kit), { recursive: true, force: true });
	mkdirSync(join(resources, kit), { recursive: true });
	writeFileSync(join(resources, kit, 'kit.json'), JSON.stringify(texts, null, '\t') + '\n');
	if (kit === 'kit3') await record_source_maps(root);
	await record(make_site(kit, 'recorded-site'), join(builds, `${kit}site`), false);
}

/**
 * Records a build, and returns the texts of kit that the tests compare with.
 * @param {string} root
 * @param {string} to
 * @param {boolean} listen
 */
async function record(root, to, listen) {
	const build = await run_bridge(root, { listen });
	if (build.code !== 0) throw new Error(build.text);
	rmSync(to, { recursive: true, force: true });
	mkdirSync(to, { recursive: true });
	// the Java code only copies and compresses the files, so their content does not matter
	const files = readdirSync(join(root, '.svelte-kit'), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(join(root, '.svelte-kit'), join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.filter((file) => /^(output|kitbridge\/(env\/.*|fallback\.html$))/.test(file));
	writeFileSync(join(to, 'files.txt'), files.sort().join('\n') + '\n');
	const recorded = JSON.parse(JSON.stringify(build.record).replaceAll(root, '/app'));
	// inputs outside of the app differ between machines
	const own = recorded.inputs.files.filter((/** @type {string} */ file) => !file.startsWith('/'));
	recorded.inputs = { ...recorded.inputs, files: own, looks: [], variables: ['NODE_ENV'] };
	writeFileSync(join(to, 'build.json'), JSON.stringify(recorded, null, '\t') + '\n');
	return build.kit;
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

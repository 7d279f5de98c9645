import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

const { put_together, record_server, take_apart } = await import(pathToFileURL(join(MODULES, 'server.mjs')).href);

const MANIFEST = `{
	appDir: "_app",
	client: {},
	nodes: [
		__memo(() => import('./%SERVER%/nodes/0.js')),
		__memo(() => import('./%SERVER%/nodes/1.js')),
		__memo(() => import('./%SERVER%/nodes/2.js'))
	],
	routes: [
		{
			id: "/a$&b",
			pattern: /^\\/a\\/?$/,
			params: [],
			page: { layouts: [0,,], errors: [1,], leaf: 2 },
			endpoint: null
		},
		{
			id: "/api",
			pattern: /^\\/api\\/?$/,
			params: [],
			page: null,
			endpoint: __memo(() => import('./%SERVER%/entries/endpoints/api/_server.js'))
		}
	],
	prerendered_routes: new Set([]),
	server_assets: {"a.txt":7}
}`;

test('a manifest is taken apart into nodes, routes and sizes', () => {
	const { nodes, routes, sizes, manifest } = take_apart(MANIFEST);
	assert.equal(nodes.length, 3);
	assert.deepEqual(
		routes.map((/** @type {any} */ { id, layouts, errors, leaf }) => ({ id, layouts, errors, leaf })),
		[
			{ id: '/a$&b', layouts: ['0', ''], errors: ['1'], leaf: '2' },
			{ id: '/api', layouts: [], errors: [], leaf: null }
		]
	);
	assert.deepEqual(sizes, { 'a.txt': 7 });
	assert.match(manifest, /nodes: \[\n%NODES%\n\t\],\n\troutes: \[\n%ROUTES%\n\t\],[^]*server_assets: %SIZES%/);
});

test('what was taken apart is put together as it was, whatever characters it holds', () => {
	assert.equal(put_together(take_apart(MANIFEST)), MANIFEST);
});

test("a manifest of another form is an error, and not a wrong server", () => {
	for (const text of ['{ nodes: [] }', MANIFEST.replace('server_assets', 'assets'), MANIFEST.replace('routes: [', 'routes: list([')]) {
		const builder = { routes: [], generateManifest: () => text };
		assert.match(record_server(builder, '/nowhere').error, /not found in the server manifest|form that is not known/);
	}
});

test("an error of kit's own is left in the record", () => {
	const builder = {
		routes: [],
		generateManifest() {
			throw new Error('not today');
		}
	};
	assert.deepEqual(record_server(builder, '/nowhere'), { error: 'not today' });
});

import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { make_app, MODULES, prepare, run } from './support.mjs';

test('the modules keep to the types in their comments', async () => {
	// within an app, so that `vite` and Node have their types
	const root = make_app('kit3', 'types');
	const { out } = prepare(root);
	cpSync(join(MODULES, '../builder/compress.mjs'), join(out, 'compress.mjs'));
	writeFileSync(
		join(out, 'tsconfig.json'),
		JSON.stringify({
			compilerOptions: {
				allowJs: true,
				checkJs: true,
				noEmit: true,
				strict: true,
				skipLibCheck: true,
				target: 'esnext',
				module: 'nodenext',
				types: ['node']
			},
			include: ['*.mjs']
		})
	);
	const { code, text } = await run(root, ['../../node_modules/typescript/bin/tsc', '-p', out, '--pretty', 'false']);
	assert.equal(code, 0, text);
});

// Runs modules as it is told to: a line `{ module, request }` of JSON comes by standard input, the answer of the module's default export
// goes out. By itself as `node serve.mjs alone`; else in a process that has done what it was started for.
import process from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

if (process.argv[2] === 'alone') await serve(createInterface({ input: process.stdin })[Symbol.asyncIterator]());

/** @param {AsyncIterator<string>} lines */
export async function serve(lines) {
	for (let line = await lines.next(); !line.done; line = await lines.next()) {
		const { module, request } = JSON.parse(line.value);
		const { default: run } = await import(pathToFileURL(module).href);
		process.stdout.write(`\x1eA${await run(request)}\n\x1eD\n`);
	}
}

// Runs modules on request: reads a line of JSON `{ module, request }` from standard input, and writes the answer of the module's
// default export. Runs in its own process as `node serve.mjs alone`, or in the bridge's process after a build.
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

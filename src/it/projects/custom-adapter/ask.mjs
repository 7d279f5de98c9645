// Asks a generated server: node ask.mjs <module> <folder of server files> <path>...
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const [module, files, ...paths] = process.argv.slice(2);
const { server } = await import(pathToFileURL(module).href);
await server.init({
	env: process.env,
	read: (file) => Readable.toWeb(createReadStream(join(files, file)))
});
for (const path of paths) {
	const request = new Request('http://depot.test' + path);
	const response = await server.respond(request, {
		getClientAddress: () => '127.0.0.1',
		platform: { berth: 'four' }
	});
	const text = (await response.text()).replace(/^[^]*<body>|<script>[^]*|<[^>]*>/g, '').replace(/\s+/g, ' ').trim();
	console.log(`${path} ${response.status} ${text}`);
}

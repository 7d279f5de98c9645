// A worker: connects the app's server to Kitbridge's over one socket; Frame.java documents the frames. Vite bundles it with the app,
// so that kit's modules exist once.
import { createReadStream } from 'node:fs';
import { connect } from 'node:net';
import process from 'node:process';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { error } from '@sveltejs/kit';
import { connect as connect_services } from '../services/services.mjs';
import { Link } from './link.mjs';
import { trace_sources } from './trace.mjs';

/**
 * Starts the app, then answers requests until the link closes.
 * @param {import('@sveltejs/kit').Server} server
 * @param {URL} client folder of the files for `read`
 */
export async function run(server, client) {
	trace_sources(new URL('../', client));
	const address = take('KITBRIDGE_LINK');
	const secret = take('KITBRIDGE_SECRET');
	// base-path.mjs lets the app's code read it
	/** @type {any} */ (globalThis).__kitbridge_base = take('KITBRIDGE_BASE');
	const body_limit = Number(take('KITBRIDGE_BODY_LIMIT'));
	const headers_limit = Number(take('KITBRIDGE_HEADERS_LIMIT'));
	const services = connect_services({
		address: take('KITBRIDGE_SERVICES'),
		secret: take('KITBRIDGE_SERVICES_SECRET'),
		error,
		lost: (error) => {
			console.error(`The connection to the Java services was lost${error ? `: ${error.message}` : ''}`);
			process.exit(1);
		}
	});
	// the server shuts its workers down; a terminal sends Ctrl-C to all processes
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => {});

	const folder = fileURLToPath(client);
	await server.init({
		env: /** @type {any} */ (process.env),
		read: (file) => /** @type {any} */ (Readable.toWeb(createReadStream(folder + file)))
	});

	const socket = connect(/^\d+$/.test(address) ? { host: '127.0.0.1', port: Number(address) } : { path: address });
	socket.setNoDelay(true);
	socket.write(secret, 'latin1');
	new Link(server, services, socket, body_limit, headers_limit).open();
}

/** Reads a variable and removes it from the app's environment. @param {string} name */
function take(name) {
	const value = process.env[name] ?? '';
	delete process.env[name];
	return value;
}

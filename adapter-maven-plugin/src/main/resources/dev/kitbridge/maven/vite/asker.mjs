// Asks Maven's process for a thread that blocks until the answer arrives (emulator.mjs).
import { workerData } from 'node:worker_threads';
import { ask } from './maven.mjs';

const { maven, answered, port } = workerData;

port.on('message', async (/** @type {unknown} */ details) => {
	try {
		port.postMessage({ answer: await ask(maven, 'read', details) });
	} catch (error) {
		port.postMessage({ error: String(/** @type {any} */ (error)?.message ?? error) });
	}
	Atomics.store(answered, 0, 1);
	Atomics.notify(answered, 0);
});

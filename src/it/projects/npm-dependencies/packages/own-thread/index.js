import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

export const add = (a, b) =>
	new Promise((fulfil, reject) => {
		const thread = new Worker(new URL('./thread.js', import.meta.url), { workerData: [a, b] });
		thread.on('message', fulfil);
		thread.on('error', reject);
	});

export const multiply = async (a, b) => {
	const { factor } = JSON.parse(readFileSync(new URL('./factor.json', import.meta.url), 'utf8'));
	return a * b * factor;
};

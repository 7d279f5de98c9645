import { createHash } from 'node:crypto';
import { text } from '@sveltejs/kit';

export async function POST({ request }) {
	const hash = createHash('sha256');
	let length = 0;
	for await (const chunk of request.body) {
		hash.update(chunk);
		length += chunk.length;
	}
	return text(`${length} ${hash.digest('hex')}`);
}

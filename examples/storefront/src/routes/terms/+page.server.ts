import { read } from '$app/server';
import terms from './terms.txt?url';

export const prerender = true;

/** Splits the text at empty lines; a paragraph that begins with a number is a heading. */
export async function load() {
	const text = await read(terms).text();
	const [title = '', ...blocks] = text.trim().split(/\n{2,}/);
	return {
		title,
		blocks: blocks.map((block) => ({ text: block, heading: /^\d+\. /.test(block) }))
	};
}

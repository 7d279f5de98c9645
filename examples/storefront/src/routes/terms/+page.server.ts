import { read } from '$app/server';
import terms from './terms.txt?url';

export const prerender = true;

/** Paragraphs are separated by an empty line; the ones that begin with a number are headings. */
export async function load() {
	const text = await read(terms).text();
	const [title = '', ...blocks] = text.trim().split(/\n{2,}/);
	return {
		title,
		blocks: blocks.map((block) => ({ text: block, heading: /^\d+\. /.test(block) }))
	};
}

import process from 'node:process';

export const prerender = false;

const stream = (...chunks) =>
	new ReadableStream({
		start(controller) {
			for (const chunk of chunks) controller.enqueue(chunk);
			controller.close();
		}
	});

const answers = {
	text: () => new Response(stream('text')),
	number: () => new Response(stream(42)),
	control: () => new Response('x', { headers: { 'x-test': 'a\u001fb' } }),
	length: () => new Response('text', { headers: { 'content-length': 'abc' } }),
	large: () => new Response('x', { headers: { 'x-large': 'x'.repeat(70_000) } }),
	headers: () => new Response('text', { headers: { 'x-large': 'x'.repeat(40_000) } }),
	exit: () => process.exit(3)
};

export const GET = ({ params }) => answers[params.what]();

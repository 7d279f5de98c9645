import { text } from '@sveltejs/kit';

/** Answers without a look at the body. */
export const POST = () => text('not interested');

export const PUT = async ({ request }) => {
	const reader = request.body.getReader();
	const { value } = await reader.read();
	return text(`the first byte is ${value[0]}`);
};

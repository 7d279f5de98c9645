import { error, redirect } from '@sveltejs/kit';

const ways = {
	throw: () => {
		throw new Error('The beaker fell');
	},
	error: () => error(409, 'The bench is taken'),
	redirect: () => redirect(307, '/else where?ä=1'),
	absolute: () => redirect(302, 'https://example.org/path'),
	nothing: () => undefined
};

export const GET = ({ params }) => (ways[params.what] ?? ways.error)();

export const POST = GET;

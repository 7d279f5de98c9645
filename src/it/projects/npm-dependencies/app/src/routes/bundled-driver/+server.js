import { connect, later } from 'optional-driver-bundled';

const attempt = async (run) => {
	try {
		return String(await run());
	} catch (error) {
		return error.code;
	}
};

// more than once: a bundler may remember a module that failed
export const GET = async () =>
	Response.json([
		connect(''),
		await attempt(() => connect('missing')),
		await attempt(() => connect('missing')),
		await attempt(() => connect('deep')),
		await attempt(() => later('missing')),
		await attempt(() => later('missing'))
	]);

// what each limit says, where the environment has made it small
export const GET = async ({ platform }) => {
	const { catalog } = platform.services;
	const says = (error) => `${error.name}: ${error.message}`;
	return Response.json({
		time: await catalog.hang().catch(says),
		arguments: await catalog.search('x'.repeat(200), 1).catch(says),
		result: await catalog.search('', 10).catch(says),
		within: await catalog.byId(5),
		calls: await Promise.all([catalog.hang(), catalog.slow(), catalog.stock()].map((call) => call.catch(says)))
	});
};

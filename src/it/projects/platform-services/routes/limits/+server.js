// what each limit says, where the environment has made it small
export const GET = async ({ platform }) => {
	const { catalog } = platform.services;
	const says = (error) => `${error.name}: ${error.message}`;
	const number = (list) => list.length;
	return Response.json({
		time: await catalog.hang().catch(says),
		arguments: await catalog.search('x'.repeat(200), 1).then(number, says),
		result: await catalog.search('', 10).then(number, says),
		within: (await catalog.byId(5)).name,
		calls: await Promise.all([catalog.hang(), catalog.slow(), catalog.stock()].map((call) => call.catch(says)))
	});
};

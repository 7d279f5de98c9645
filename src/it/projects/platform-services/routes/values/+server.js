export const GET = async ({ platform }) => {
	const { catalog } = platform.services;
	const product = { id: 7n, name: 'J\u00f6rg', kind: 'CHAIR', serial: 2n ** 80n, since: new Date(5), note: 'a note' };
	const copy = await catalog.copy(product);
	return Response.json({
		same: copy.id === 7 && copy.serial === product.serial && copy.since.getTime() === 5 && copy.name === product.name,
		note: copy.note,
		stock: await catalog.stock()
	});
};

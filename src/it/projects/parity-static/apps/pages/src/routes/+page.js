export async function load({ fetch }) {
	const tides = await fetch('/tides.json').then((response) => response.json());
	return { tides };
}

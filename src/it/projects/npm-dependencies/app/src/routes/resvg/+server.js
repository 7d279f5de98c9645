import { Resvg } from '@resvg/resvg-js';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><rect width="8" height="6" fill="red"/></svg>';

export const GET = () => {
	const png = new Resvg(svg).render();
	return Response.json([png.width, png.height, png.asPng().length]);
};

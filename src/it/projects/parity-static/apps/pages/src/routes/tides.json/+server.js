export const prerender = true;

const TIDES = [
	{ at: '06:10', metres: 3.4 },
	{ at: '12:25', metres: 0.6 },
	{ at: '18:40', metres: 3.1 }
];

export function GET() {
	return Response.json(TIDES);
}

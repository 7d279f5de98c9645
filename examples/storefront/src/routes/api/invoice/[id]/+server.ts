import { error } from '@sveltejs/kit';
import { order } from '#lib/server/catalogue.ts';
import { deliveries, type Order } from '#lib/types.ts';

const years = 20;
const jobs = ['wipe with oil', 'look at the edge', 'strop', 'check that it is flat', 'rest'];
const day = 24 * 60 * 60 * 1000;

/** The invoice, and a care calendar with a row for each tool and week, which makes the download large. */
function* rows({ id, placed, lines, delivery, total }: Order) {
	const euros = (cents: number) => (cents / 100).toFixed(2);
	const start = Date.parse(placed);

	yield ['invoice', id, placed.slice(0, 10)];
	yield ['tool', 'pieces', 'each', 'together'];
	for (const { name, quantity, price, total } of lines) {
		yield [name, quantity, euros(price), euros(total)];
	}
	yield [deliveries[delivery].label, '', '', euros(deliveries[delivery].price)];
	yield ['total', '', '', euros(total)];

	yield ['week', 'tool', 'care'];
	for (let week = 1; week <= years * 52; week++) {
		const date = new Date(start + week * 7 * day).toISOString().slice(0, 10);
		for (const [i, { name }] of lines.entries()) yield [date, name, jobs[(week + i) % jobs.length]!];
	}
}

const quoted = (cell: string | number) => `"${String(cell).replaceAll('"', '""')}"`;

function* text(found: Order) {
	for (const row of rows(found)) yield `${row.map(quoted).join(',')}\r\n`;
}

export async function GET({ params }) {
	const found = await order(params.id);
	if (!found) error(404, 'We know no such order');

	return new Response(Array.from(text(found)).join(''), {
		headers: {
			'cache-control': 'private, no-store',
			'content-disposition': `attachment; filename="invoice-${found.id}.csv"`,
			'content-type': 'text/csv; charset=utf-8'
		}
	});
}

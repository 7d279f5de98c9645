const rows = Array.from({ length: 400 }, (_, row) => `${row},${row * row}`);

export const GET = () => new Response(`row,square\n${rows.join('\n')}\n`, { headers: { 'content-type': 'text/csv' } });

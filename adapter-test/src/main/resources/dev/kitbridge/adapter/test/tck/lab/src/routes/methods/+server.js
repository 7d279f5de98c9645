import { text } from '@sveltejs/kit';

export const GET = () => text('got');

export const POST = async ({ request }) => text(`posted ${(await request.text()).length}`, { status: 201 });

export const OPTIONS = () => new Response(null, { status: 204, headers: { allow: 'GET, POST, OPTIONS' } });

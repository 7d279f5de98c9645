import process from 'node:process';

export const prerender = false;

export const GET = () => new Response(String(process.pid));

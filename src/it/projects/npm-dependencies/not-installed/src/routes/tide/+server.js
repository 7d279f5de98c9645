import { tide } from 'nowhere-installed/tides';

export const GET = () => new Response(tide());

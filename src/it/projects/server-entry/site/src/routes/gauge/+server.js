import { read } from '$app/server';
import gauge from './gauge.txt?url';

export const prerender = false;
export const GET = () => read(gauge);

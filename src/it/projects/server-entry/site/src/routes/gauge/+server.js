import { read } from '$app/server';
import gauge from './gauge.txt?url&no-inline';

export const prerender = false;
export const GET = () => read(gauge);

import { read } from '$app/server';
import label from './label.txt?url&no-inline';

export const prerender = false;

export const GET = () => read(label);

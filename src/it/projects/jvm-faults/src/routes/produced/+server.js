import process from 'node:process';
import { produced } from './produced.js';

export const prerender = false;

export const GET = () => new Response(`${process.pid} ${produced.bytes} ${produced.ended}`);

import { boats } from './boats.js';

export const load = () => ({ count: boats.size });

import { boats } from './boats.js';

export const load = () => ({ names: [...boats.keys()] });

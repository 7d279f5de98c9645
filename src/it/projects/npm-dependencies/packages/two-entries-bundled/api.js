import { read } from './core.js';
export const state = () => read();

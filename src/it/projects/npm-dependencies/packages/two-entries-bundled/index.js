import { config } from './core.js';
export * from './api.js';
config('set up');

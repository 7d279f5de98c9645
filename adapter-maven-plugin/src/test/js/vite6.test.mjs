import { suite } from './suite.mjs';

// the oldest Vite that is supported
suite('vite6', { version: '2.70.4' });

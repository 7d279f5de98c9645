import { suite } from './suite.mjs';

suite('kit2', { version: '2.70.4' });

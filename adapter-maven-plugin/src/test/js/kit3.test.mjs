import { suite } from './suite.mjs';

suite('kit3', { version: '3.2.0' });

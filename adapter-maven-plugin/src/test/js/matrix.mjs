// Runs the tests on the packages of a folder: node --test matrix.mjs, with the folder's parent, its name and its SvelteKit in the environment.
import process from 'node:process';
import { suite } from './suite.mjs';

suite(String(process.env.KITBRIDGE_MATRIX), { version: String(process.env.KITBRIDGE_MATRIX_KIT) });

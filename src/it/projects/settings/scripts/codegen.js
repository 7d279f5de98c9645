import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';

mkdirSync('src/lib', { recursive: true });
writeFileSync('src/lib/generated.js', `export const harbour = '${process.argv[2]}';\n`);

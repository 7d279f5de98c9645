// Asks an entry point that exports `respond`: node ask-main.mjs <module> <path>
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const { default: name, respond } = await import(pathToFileURL(process.argv[2]).href);
const text = await (await respond(process.argv[3])).text();
console.log(`${name}: ${/Trace: [^;]*/.exec(text)?.[0]}`);

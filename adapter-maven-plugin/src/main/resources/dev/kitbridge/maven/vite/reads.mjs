// Records what a thread of the build reads: files, folders, environment variables, programs, the network. Loaded first in every
// thread (node --import, through fork.mjs). Each fact is a line of JSON in one file. Of programs, only the start is recorded.
import child_process from 'node:child_process';
import fs from 'node:fs';
import module from 'node:module';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isMainThread, MessagePort } from 'node:worker_threads';
import { command_words, is_question_to_git } from './commands.mjs';

/**
 * `file`: read as a whole; `look`: asked whether it exists; `list`: names in a folder; `tree`: names below a folder; `wrote`: written or deleted;
 * `env`: a variable; `prefix`: all variables whose names begin with it; `git`: a question to Git; `ran`: another program; `net`: an address
 * @typedef {'file' | 'look' | 'list' | 'tree' | 'wrote' | 'env' | 'prefix' | 'git' | 'ran' | 'net'} Kind
 */

const HERE = path.dirname(fileURLToPath(import.meta.url));
const FOLDER = HERE.replaceAll('\\', '/') + '/';
/** Shared by all threads of a process. */
const FILE = path.join(HERE, `reads-${process.pid}.jsonl`);
const { existsSync, lstatSync, openSync, readdirSync: list, readFileSync, realpathSync, statSync, writeSync } = fs;

/** Functions of Node that record nothing, for the bridge itself. */
export const untraced = { lstatSync, readdirSync: list };

/** @param {string} name */
const is_file = (name) => statSync(name).isFile();

/** The bridge's main thread starts to record at its request, all other threads at their start. */
let notes = !isMainThread;
/** @type {Set<string>} */
const noted = new Set();
/** @type {number | undefined} */
let file;

/** @param {Kind} kind @param {...unknown} details */
export function note(kind, ...details) {
	const line = JSON.stringify([kind, ...details]) + '\n';
	if (!notes || noted.has(line)) return;
	noted.add(line);
	file ??= openSync(FILE, 'a');
	writeSync(file, line);
}

/** The facts of all threads so far. @returns {[Kind, ...any[]][]} */
export function facts() {
	if (!existsSync(FILE)) return [];
	return readFileSync(FILE, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

/** Starts to record. Before this call, the thread has read only Vite and its dependencies. */
export function begin() {
	fs.rmSync(FILE, { force: true });
	notes = true;
	process.on('exit', end);
}

/** Deletes the file. */
export function end() {
	notes = false;
	fs.rmSync(FILE, { force: true });
}

/** Folders of packages that are links, by their paths in `node_modules`. @type {Map<string, string | null>} */
const links = new Map();

/**
 * Records a path, unless it belongs to the bridge or to an installed package, which the lock file covers.
 * @param {Kind} kind
 * @param {unknown} value
 */
export function note_path(kind, value) {
	if (value instanceof URL && value.protocol === 'file:') value = fileURLToPath(value);
	if (Buffer.isBuffer(value)) value = String(value);
	if (typeof value !== 'string' || value.includes('\0')) return;
	let name = path.resolve(value).replaceAll('\\', '/');
	if (/^\/(proc|sys|dev)\//.test(name) || name.startsWith(FOLDER)) return;
	const at = name.lastIndexOf('/node_modules/');
	if (at >= 0) {
		const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(name) ?? [name];
		const target = link_target(folder);
		if (target === null) return;
		name = target + name.slice(folder.length);
	}
	if (!name.endsWith('/node_modules')) note(kind, name);
}

/** Returns the real path of a linked package of the workspace; null for an installed one. @param {string} folder */
function link_target(folder) {
	let target = links.get(folder);
	if (target === undefined) {
		try {
			const real = realpathSync(folder).replaceAll('\\', '/');
			target = real.includes('/node_modules/') ? null : real;
		} catch {
			target = null;
		}
		links.set(folder, target);
	}
	return target;
}

/** Returns whether a file belongs to the app and not to an installed package. Vite keeps the bundled config in `.vite-temp`. @param {string} name */
function is_app(name) {
	return !/[\\/]node_modules[\\/](?!\.vite-temp[\\/])/.test(name);
}

/** Returns the files of the nearest calls on the stack, the nearest first. @param {number} limit of calls @returns {string[]} */
function callers(limit) {
	const { stackTraceLimit, prepareStackTrace } = Error;
	Error.stackTraceLimit = limit;
	Error.prepareStackTrace = (_, sites) => sites;
	/** @type {any} */
	const holder = {};
	Error.captureStackTrace(holder, callers);
	/** @type {NodeJS.CallSite[]} */
	const sites = holder.stack;
	Error.stackTraceLimit = stackTraceLimit;
	Error.prepareStackTrace = prepareStackTrace;
	return sites.map((site) => site.getFileName() ?? '').filter((name) => name && !name.startsWith(import.meta.url));
}

/** Returns the file that reads a variable: the first behind the proxy's own calls. */
function caller() {
	return callers(6)[0] ?? '';
}

/** @param {any} target @param {string} name @param {(args: any[]) => void} before */
function before_calls(target, name, before) {
	const original = target[name];
	if (typeof original !== 'function') return;
	/** @type {any} */
	const properties = Object.getOwnPropertyDescriptors(original);
	/** @type {((...args: any[]) => any) | undefined} */
	const promised = original[promisify.custom];
	if (promised) {
		properties[promisify.custom].value = (/** @type {any[]} */ ...args) => {
			before(args);
			return promised(...args);
		};
	}
	/** @this {unknown} @param {any[]} args */
	const wrapped = function (...args) {
		before(args);
		return original.apply(this, args);
	};
	Object.defineProperties(wrapped, properties);
	target[name] = wrapped;
}

/** @param {any[]} args of a function that opens a file */
function opened([name, flags]) {
	const reads = flags === undefined || flags === null || typeof flags === 'function' || flags === 'r' || flags === 'rs';
	const number = typeof flags === 'number' ? flags & 3 : null;
	if (reads || number === fs.constants.O_RDONLY || number === fs.constants.O_RDWR || /\+/.test(String(flags))) {
		note_path('file', name);
	}
	if (!reads && number !== fs.constants.O_RDONLY) note_path('wrote', name);
}

/** @type {Record<string, (args: any[]) => void>} */
const FILE_CALLS = {
	open: opened,
	openAsBlob: ([name]) => note_path('file', name),
	readFile: ([name]) => note_path('file', name),
	copyFile([from, to]) {
		note_path('file', from);
		note_path('wrote', to);
	},
	cp([from, to]) {
		note_path('tree', from);
		note_path('wrote', to);
	},
	readdir: ([name, options]) => note_path(options?.recursive ? 'tree' : 'list', name),
	opendir: ([name, options]) => note_path(options?.recursive ? 'tree' : 'list', name),
	rename([from, to]) {
		note_path('wrote', from);
		note_path('wrote', to);
	},
	link: ([, to]) => note_path('wrote', to),
	symlink: ([, to]) => note_path('wrote', to)
};
for (const name of ['access', 'exists', 'lstat', 'stat', 'statfs', 'readlink', 'realpath']) FILE_CALLS[name] = ([at]) => note_path('look', at);
for (const name of ['writeFile', 'appendFile', 'truncate', 'unlink', 'rm', 'rmdir']) FILE_CALLS[name] = ([at]) => note_path('wrote', at);

function trace_files() {
	// the wrapper of `realpath` gets a copy of this property
	for (const realpath of [fs.realpath, fs.realpathSync]) before_calls(realpath, 'native', FILE_CALLS.realpath);
	for (const [name, before] of Object.entries(FILE_CALLS)) {
		before_calls(fs, name, before);
		before_calls(fs, `${name}Sync`, before);
		before_calls(fs.promises, name, before);
	}
	before_calls(process, 'loadEnvFile', ([name]) => note_path('file', name ?? '.env'));
}

/**
 * Variables of the terminal, the machine and tools that start builds. Packages read them to find programs and to configure logs,
 * on which no output depends.
 */
const MACHINE = new Set(
	`AI_AGENT APPDATA AUGMENT_AGENT CI CLAUDECODE CLAUDE_CODE CLICOLOR CLICOLOR_FORCE CODEX_SANDBOX CODEX_THREAD_ID COLORTERM COLUMNS
	COPILOT_AGENT COPILOT_CLI CURSOR_AGENT DEBUG DEBUG_COLORS DEBUG_DEPTH DEBUG_HIDE_DATE DEBUG_SHOW_HIDDEN EDITOR FORCE_COLOR GEMINI_CLI
	GOOSE_PROVIDER HOME LINES LOCALAPPDATA NODE_DEBUG NODE_DISABLE_COLORS NODE_INSPECTOR_IPC NODE_OPTIONS NODE_PATH NODE_V8_COVERAGE
	NO_COLOR OPENCODE PATH PATHEXT Path PWD REPL_ID SHELL STACKBLITZ TEMP TERM TERM_PROGRAM TERM_PROGRAM_VERSION TMP TMPDIR USERPROFILE
	UV_THREADPOOL_SIZE VSCODE_INSPECTOR_OPTIONS WT_SESSION XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME npm_config_user_agent`.split(/\s+/)
);
/** Node reads this variable for each module that it loads. */
const FOR_EACH_MODULE = 'WATCH_REPORT_DEPENDENCIES';
/** Variables that need no further look. @type {Set<string>} */
const variables = new Set([FOR_EACH_MODULE]);
/** @type {WeakSet<object>} */
const proxies = new WeakSet();

/** @param {string} name */
function read_variable(name) {
	if (!notes || variables.has(name) || name.startsWith('KITBRIDGE_') || name === 'SVELTEKIT_FORK') return;
	const by = caller();
	if (by.startsWith('node:') || (MACHINE.has(name) && !is_app(by))) return;
	variables.add(name);
	note('env', name);
}

/** Records a listing of all variables by the app, which may search them. Node and packages list them only to pass them on. */
function list_variables() {
	const by = caller();
	if (!by.startsWith('node:') && is_app(by)) note('prefix', '');
}

/**
 * Returns a proxy that records which variables are read. Spreading or stringifying an object reads its keys, and the descriptor and value
 * of each key: those reads are part of the listing.
 * @param {Record<string, string | undefined>} values
 * @param {(name: string) => void} read
 * @param {() => void} list
 */
function traced(values, read, list) {
	/** @type {Set<string | symbol>} */
	let listed = new Set();
	/** @type {string | symbol | null} */
	let described = null;
	const proxy = new Proxy(values, {
		get(target, name) {
			if (name !== described && typeof name === 'string' && !(name in Object.prototype)) read(name);
			described = null;
			return target[/** @type {string} */ (name)];
		},
		set(target, name, value) {
			target[/** @type {string} */ (name)] = value;
			return true;
		},
		has(target, name) {
			if (typeof name === 'string') read(name);
			return name in target;
		},
		ownKeys(target) {
			list();
			const keys = Reflect.ownKeys(target);
			listed = new Set(keys);
			return keys;
		},
		getOwnPropertyDescriptor(target, name) {
			if (listed.delete(name)) described = name;
			else if (typeof name === 'string') read(name);
			return Reflect.getOwnPropertyDescriptor(target, name);
		}
	});
	proxies.add(proxy);
	return proxy;
}

/**
 * Vite's `loadEnv` for the app's configuration, which usually loads all variables and reads some.
 * @param {(mode: string, folder: string, prefixes?: string | string[]) => Record<string, string>} load
 */
export function traced_load_env(load) {
	/** @type {typeof load} */
	return (mode, folder, prefixes = 'VITE_') => {
		const list = () => [prefixes].flat().forEach((prefix) => note('prefix', prefix));
		return /** @type {any} */ (traced(load(mode, folder, prefixes), (name) => note('env', name), list));
	};
}

/**
 * Records a program before it runs. The next build runs a Git command again to compare its output. Programs of packages are
 * compilers, which report their inputs to Vite. The inputs of other programs, another Node for example, are unknown.
 * @param {string[] | null} words program and arguments; null if only a shell can parse them
 * @param {string} text
 * @param {any} cwd
 */
function ran(words, text, cwd) {
	if (words && is_question_to_git(words)) {
		note('git', path.resolve(cwd instanceof URL ? fileURLToPath(cwd) : String(cwd ?? '.')), words.slice(1));
		return;
	}
	// the Node of the build may itself be an installed package
	const compiler = words && path.isAbsolute(words[0]) && !is_app(words[0]) && !/[\\/]node(\.exe)?$/.test(words[0]);
	// packages with native code detect the C library
	if (!compiler && !/^(getconf GNU_LIBC_VERSION|ldd --version)\b/.test(text)) note('ran', text);
}

function trace_programs() {
	before_calls(child_process.ChildProcess.prototype, 'spawn', ([options]) => {
		const args = (options?.args ?? []).slice(1).map(String);
		const shell = args.length > 1 && ['-c', '/c'].includes(args.at(-2)) && /(^|[\\/])(sh|bash|cmd\.exe)$/.test(options.file);
		const text = shell ? args.at(-1) : [options?.file, ...args].join(' ');
		ran(shell ? command_words(text) : [String(options?.file), ...args], text, options?.cwd);
	});
	before_calls(child_process, 'execSync', ([command, options]) => ran(command_words(String(command)), String(command), options?.cwd));
	for (const name of ['spawnSync', 'execFileSync']) {
		before_calls(child_process, name, ([program, given, last]) => {
			const list = Array.isArray(given) ? given.map(String) : [];
			const options = Array.isArray(given) ? last : (last ?? given);
			const text = [String(program), ...list].join(' ');
			ran(options?.shell ? command_words(text) : [String(program), ...list], text, options?.cwd);
		});
	}
}

/** Node can clone `process.env`, for a thread or with `structuredClone`, but not a proxy of it. @param {any} target @param {string} name */
function clone_variables(target, name) {
	const original = target[name];
	/** @this {unknown} @param {unknown} value @param {any[]} more */
	const wrapped = function (value, ...more) {
		try {
			return original.call(this, value, ...more);
		} catch (error) {
			if (/** @type {any} */ (error)?.name !== 'DataCloneError') throw error;
			return original.call(this, without_proxies(value, new Map()), ...more);
		}
	};
	Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
	target[name] = wrapped;
}

/** Returns a value in which copies replace the proxies. @param {any} value @param {Map<unknown, unknown>} done @returns {any} */
function without_proxies(value, done) {
	if (done.has(value)) return done.get(value);
	const isList = Array.isArray(value);
	const prototype = value && typeof value === 'object' && Object.getPrototypeOf(value);
	if (!isList && !proxies.has(value) && (!value || (prototype !== Object.prototype && prototype !== null))) return value;
	/** @type {any} */
	const copy = isList ? [] : {};
	done.set(value, copy);
	for (const key of Object.keys(value)) copy[key] = without_proxies(value[key], done);
	return copy;
}

/** @param {boolean} prerendering whether only prerendered pages can show what was fetched */
function trace_network(prerendering) {
	const bridge = new URL('.', import.meta.url).href;
	before_calls(net.Socket.prototype, 'connect', (args) => {
		// Maven's process and the services
		if (callers(20).some((name) => name.startsWith(bridge))) return;
		const [options] = Array.isArray(args[0]) ? args[0] : args;
		const port = typeof options === 'object' ? options?.port : options;
		const address = typeof options === 'object' ? String(options?.path ?? `${options?.host ?? 'localhost'}:${port}`) : String(port);
		note('net', address, prerendering);
	});
}

/** Records the open files, which native code opens without Node. They are unknown if the system does not list them. */
export function note_open_files() {
	if (process.platform !== 'linux') return;
	for (const number of list('/proc/self/fd')) {
		try {
			const name = fs.readlinkSync(`/proc/self/fd/${number}`);
			if (name.startsWith('/') && is_file(name)) note_path('file', name);
		} catch {
			// the file was closed meanwhile
		}
	}
}

process.env = /** @type {any} */ (traced(process.env, read_variable, list_variables));
clone_variables(globalThis, 'structuredClone');
clone_variables(MessagePort.prototype, 'postMessage');
trace_files();
trace_programs();
// the config and plugins run in the main thread; other threads of kit open connections on which no output depends
if (isMainThread) trace_network(false);
else if (process.argv[1]?.endsWith('prerender.js')) trace_network(true);
if (!isMainThread) process.on('exit', note_open_files);
module.syncBuiltinESMExports();

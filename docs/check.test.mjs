/**
 * Checks the prose of all pages and of all comments in sources: sentence length, word order, unclear phrases. Also checks the
 * links of all pages with their anchors. Each message names the file, the line, the problem and the cure.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import markdown from 'markdown-it';
import { slug } from './slug.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** All pages but those of test projects. */
const files = [...walk('.')].filter((path) => path.endsWith('.md') && !/it\W(projects|apps)\W/.test(path));

/** Sources whose comments are checked. */
const sources = [...walk('.')].filter((path) => /\.(java|mjs|groovy)$/.test(path));

/** Words in a sentence; a code span counts as one. */
const LONGEST = 25;

/** Words and phrases that are not plain technical English, and their replacements. */
const WORDS = [
	[/\bsees? to (it|that|the|what)\b/, 'ensures, handles'],
	[/\bnow and then\b/, 'sometimes, or the interval'],
	[/\b(is|are|was|were) (believed|taken to be|taken for|meant to be there)\b/, 'trusted, assumed, treated as'],
	[/\bbelieves? (in )?(the|what|nothing|no|it)\b/, 'trusts'],
	[/\b(where|if) there (is|are) none\b/, 'a noun: "without a …"'],
	[/\bthat there (is|are)\b/, 'current, existing, available'],
	[/\bmade (anew|again)\b/, 'rebuilt, created again'],
	[/\bgoes? wrong\b|\bdoes wrong\b|\bgo wrong\b/, 'fails'],
	[/\b(asks?|looks?|cares?) nothing\b/, 'a verb with its object'],
	[/\bof (what|those who|that which)\b/, 'the noun'],
	[/\bthose who\b|\bthat which\b|\bwhoever\b/i, 'the noun: clients, users, processes'],
	[/\bthe rest\b(?! of)/, 'the noun: "all other …"'],
	[/\bhas (it|them) end\b|\bhave (it|them) end\b/, 'stops, exits'],
	[/\bheeds?\b/, 'responds to, ignores'],
	[/\bmend(s|ed)?\b/, 'repair, fix'],
	[/\bas ever\b/, 'as before, as usual'],
	[/\bwhat (there )?is there\b|\bis no longer there\b/, 'exists, installed, the noun'],
	[/\b(some|any|every)body\b/i, 'the noun: a client, a user, a process'],
	[/\banew\b/, 'again'],
	[/\blook-ups?\b/, 'lookup'],
	[/\bin the place of\b/, 'instead of'],
	[/\bgo(es)? on\b/, 'continues'],
	[/\bthe makings\b/, 'parts, inputs'],
	[/\bends with (exit code )?\d/, 'exits with'],
	[/\bcome to nothing\b|\btakes? nothing\b/, 'fails, does not read']
];

/** A sentence that begins with its condition or with a clause for a subject. */
const INVERTED = /^(What|Where|Who|Whatever|Whoever|Whose|Nor|That an?|Of an?|Of the)\b.*[^?]$/;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Texts of a page, each a paragraph, an item, a heading or a cell, with its line. A code span becomes one word. */
function texts(page) {
	const found = [];
	let line = 0;
	for (const { type, map, children } of markdown({ html: true }).parse(page, {})) {
		line = map?.[0] ?? line;
		if (type !== 'inline') continue;
		const text = children.map((child) => (child.type === 'code_inline' ? 'Code' : child.type.endsWith('break') ? ' ' : child.content)).join('');
		found.push([line + 1, text.replace(/\s+/g, ' ')]);
	}
	return found;
}

/** Comments with their lines: paragraphs, tags such as `@param`, and lines that begin with or end in a `//` comment. */
function comments(source) {
	const blocks = [...source.matchAll(/^[ \t]*\/\*\*?(.*?)\*\//gms)].map(({ index, 1: comment }) => [index, comment.replace(/\n\s*\*/g, ' ')]);
	const lines = [...source.matchAll(/(?:^[ \t]*\/\/.*\n)+/gm)].map(({ index, 0: comment }) => [index, comment.replace(/^[ \t]*\/\/ ?/gm, ' ')]);
	const ends = [...source.matchAll(/^[ \t]*[^\s/*].*?[;{)\]},] \/\/ (.*)$/gm)].map(({ index, 1: comment }) => [index, comment]);
	return [...blocks, ...lines, ...ends].flatMap(([index, comment]) =>
		comment.split(/<(?:p|ul|li|pre|table)>|@(?:param|property|return|throws|see|since)\b/).map((part) => [source.slice(0, index).split('\n').length, plain(part)]));
}

/** A code span or a tag such as {@code x} becomes one word. */
function plain(comment) {
	return comment.replace(/\{@\w+ [^}]*\}|`[^`]*`/g, 'Code').replace(/<[^>]+>/g, '').replace(/\s+/g, ' ').trim();
}

/** Sentences, and their parts that a colon or a semicolon separates; without enumerations, which follow a colon. */
function split(text) {
	return [...sentences.segment(text)].flatMap(({ segment }) => segment.split(/(?<=[:;]) /)).map((sentence) => sentence.trim())
		.filter((sentence, index, all) => !(all[index - 1]?.endsWith(':') && sentence.split(', ').length > 2));
}

function complaints(text) {
	const found = WORDS.filter(([pattern]) => pattern.test(text)).map(([pattern, better]) => `'${text.match(pattern)[0]}'; write: ${better}`);
	for (const sentence of split(text)) {
		const words = sentence.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word));
		if (words.length > LONGEST) found.push(`${words.length} words, at most ${LONGEST}; write two sentences: ${sentence}`);
		if (words.length > 3 && sentence.endsWith('.') && INVERTED.test(sentence)) found.push(`begins with '${words[0]}'; put the main clause first: ${sentence}`);
	}
	return found;
}

/** Files below a folder of the repository, without build output. */
function* walk(folder) {
	for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (!entry.isDirectory()) yield path;
		else if (!/^(node_modules|target|\..*)$/.test(entry.name)) yield* walk(path);
	}
}

/** Links to a file or a heading that does not exist. */
function brokenLinks(file, page) {
	return [...page.matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].flatMap(([link, path, anchor]) => {
		const target = path ? join(root, dirname(file), path) : join(root, file);
		if (!existsSync(target)) return [`no such file: ${link}`];
		if (anchor && !anchors(read(relative(root, target))).includes(anchor)) return [`no such heading in ${relative(root, target)}: ${link}`];
		return [];
	});
}

function anchors(page) {
	return [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slug(heading));
}

const read = (file) => readFileSync(join(root, file), 'utf8');

test('prose', () => {
	const found = [...files.map((file) => [file, texts(read(file))]), ...sources.map((file) => [file, comments(read(file))])].flatMap(
		([file, all]) => all.flatMap(([line, text]) => complaints(text).map((complaint) => `${file}:${line}: ${complaint}`)));
	assert.equal(found.length, 0, '\n' + found.join('\n'));
});

test('links', () => {
	const found = files.flatMap((file) => brokenLinks(file, read(file)).map((broken) => `${file}: ${broken}`));
	assert.equal(found.length, 0, '\n' + found.join('\n'));
});

test('the files in "The ways of the data" of CONTRIBUTING exist', () => {
	const names = [...walk('.')].map((path) => basename(path));
	const [, ways] = read('CONTRIBUTING.md').split('\n## The ways of the data\n');
	const listed = [...ways.split('\n## ')[0].matchAll(/`([A-Z]\w*[a-z]\w*|\w+\.mjs)`/g)].map(([, name]) => name);
	const missing = listed.map((name) => (name.endsWith('.mjs') ? name : `${name}.java`)).filter((name) => !names.includes(name));
	assert.notEqual(listed.length, 0);
	assert.deepEqual(missing, [], 'no such file');
});

test('the glossary of CONTRIBUTING has at most forty words, each once', () => {
	const [, glossary] = read('CONTRIBUTING.md').split('\n## Glossary\n');
	const words = [...glossary.split('\n## ')[0].matchAll(/^\| ([^|]+) \|/gm)].slice(1).map(([, word]) => word);
	assert.ok(words.length > 20 && words.length <= 40, `${words.length} words`);
	assert.deepEqual(words, [...new Set(words)]);
});

test('the rules fail on the sentences that they were made for', () => {
	for (const text of [
		'What is empty is not set.',
		'The rest waits, and the shell sees to it.',
		'It is believed in nothing else.',
		'word '.repeat(26)
	]) assert.notEqual(complaints(text).length, 0, text);
	for (const text of [
		'The server restarts a worker if its event loop does not respond for `WORKER_TIMEOUT`.',
		'What does a call cost?',
		'The rest of the folder belongs to the app.',
		`Valid values: ${'one word or two, '.repeat(10)}`
	]) assert.deepEqual(complaints(text), [], text);
});

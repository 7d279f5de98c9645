// Recognizes commands that a build runs.

/** Read-only subcommands of Git. */
const QUESTIONS = new Set(
	'cat-file describe diff for-each-ref log ls-files ls-tree merge-base name-rev rev-list rev-parse shortlog show show-ref status var'.split(' ')
);

/** Those that change something with other first arguments. @type {Record<string, RegExp>} */
const QUESTIONS_BY_ARGUMENT = {
	branch: /^(-a|-r|-vv?|--all|--contains|--format.*|--list|--merged|--no-merged|--points-at|--show-current|--sort.*)?$/,
	config: /^(-l|--list|--get.*|get|list)$/,
	tag: /^(-l|--contains|--format.*|--list|--merged|--no-merged|--points-at|--sort.*)?$/
};

/**
 * Splits a command line into words; returns null if only a shell could.
 * @param {string} text
 * @returns {string[] | null}
 */
export function command_words(text) {
	const words = [];
	let rest = text.trim();
	while (rest) {
		const word = /^(?:"[^"$`\\]*"|'[^']*'|[^\s"'$`\\;&|<>(){}*?[\]#~!]+)+(?=\s|$)/.exec(rest)?.[0];
		if (!word) return null;
		words.push(word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
		rest = rest.slice(word.length).trimStart();
	}
	// an assignment before the program
	return words.length && !words[0].includes('=') ? words : null;
}

/** @param {string[]} words */
export function is_question_to_git([program, ...args]) {
	if (!/(^|[\\/])git(\.exe)?$/.test(program)) return false;
	if (args.join() === '--version') return true;
	let at = 0;
	while (args[at]?.startsWith('-')) at += ['-C', '-c'].includes(args[at]) ? 2 : 1;
	const [subcommand = '', first = ''] = args.slice(at);
	if (args.some((arg) => arg.startsWith('--output'))) return false;
	return QUESTIONS.has(subcommand) || !!QUESTIONS_BY_ARGUMENT[subcommand]?.test(first);
}

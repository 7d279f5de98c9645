// Runs adapters in JavaScript with kit's own Builder.
import { relative } from 'node:path';
import { AdapterFailure, message_of, supports_instrumentation, supports_read } from './adapters.mjs';
import { note_path } from './reads.mjs';
import { list_files, written_since } from './written.mjs';

/**
 * @typedef {import('./adapters.mjs').Answer} Answer
 * @typedef {{ id: string, reads: Record<string, Answer>, instrumentation: Answer, outputs: string[] }} Ran
 * `outputs`: the folders and files that the adapter wrote, relative to the app
 */

/**
 * Runs the adapters, unless one of them refuses a feature that the app uses: Maven then reports all refusals.
 * @param {import('./adapters.mjs').Loaded[]} loaded
 * @param {any} builder kit's Builder
 * @param {{ root: string, target: string, outDir: string, reads: string[], instrumented: boolean }} context
 * @returns {Promise<Ran[]>}
 */
export async function run_adapters(loaded, builder, { root, target, outDir, reads, instrumented }) {
	/** @type {Ran[]} */
	const ran = loaded.map((one) => ({
		id: one.entry.id,
		reads: Object.fromEntries(reads.map((id) => [id, supports_read(one, route(builder, id))])),
		instrumentation: instrumented ? supports_instrumentation(one) : true,
		outputs: []
	}));
	if (ran.some(({ reads, instrumentation }) => [...Object.values(reads), instrumentation].some((answer) => answer !== true))) return ran;
	const places = { root, target, outDir };
	const kit = relative(root, outDir).replaceAll('\\', '/');
	for (const [i, { entry, adapter }] of loaded.entries()) {
		const before = list_files(places);
		console.log(`Adapter '${entry.id}': ${entry.name} ${entry.version}`);
		try {
			await adapter.adapt(builder);
		} catch (error) {
			throw new AdapterFailure(entry, `failed: ${message_of(error)}`, error);
		}
		const { files, outputs } = written_since(before, places);
		ran[i].outputs = outputs;
		for (const file of files) note_path('wrote', file);
		for (const other of ran.slice(0, i)) {
			const lost = other.outputs.filter((name) => outputs.some((mine) => is_within(name, mine) || is_within(mine, name)));
			const kept = other.outputs.filter((name) => !lost.includes(name));
			// intermediate files may be lost
			if (lost.length && (kept.length === 0 || lost.some((name) => !is_within(name, kit)))) {
				throw new AdapterFailure(
					entry,
					`writes to ${lost.join(', ')}, as adapter '${other.id}' before it does; give one of them another output folder in its <options>`
				);
			}
			other.outputs = kept;
		}
	}
	return ran;
}

/** @param {string} name @param {string} folder */
function is_within(name, folder) {
	return name === folder || name.startsWith(`${folder}/`);
}

/** @param {any} builder @param {string} id */
function route(builder, id) {
	const { config = {} } = builder.routes.find((/** @type {any} */ route) => route.id === id) ?? {};
	return { route: { id }, config };
}

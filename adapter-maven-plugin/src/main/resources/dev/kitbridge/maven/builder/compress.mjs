// Compresses files with Node's zlib on UV_THREADPOOL_SIZE threads.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import zlib from 'node:zlib';

/**
 * @typedef {{ extension: string, compress(data: Buffer): Promise<Buffer>, decompress(data: Buffer): Promise<Buffer> }} Coding
 * @type {Record<string, () => Coding>}
 */
const CODINGS = {
	GZIP: () => ({
		extension: 'gz',
		compress: (data) => promisify(zlib.gzip)(data, { level: zlib.constants.Z_BEST_COMPRESSION }),
		decompress: promisify(zlib.gunzip)
	}),
	BROTLI: () => ({
		extension: 'br',
		compress: (data) =>
			promisify(zlib.brotliCompress)(data, {
				params: {
					[zlib.constants.BROTLI_PARAM_QUALITY]: zlib.constants.BROTLI_MAX_QUALITY,
					[zlib.constants.BROTLI_PARAM_SIZE_HINT]: data.length
				}
			}),
		decompress: promisify(zlib.brotliDecompress)
	}),
	ZSTD: () => {
		if (!zlib.zstdCompress) {
			process.stderr.write(`Node ${process.versions.node} has no zstd; it came with 22.15\n`);
			process.exit(3);
		}
		return {
			extension: 'zst',
			compress: (data) =>
				promisify(zlib.zstdCompress)(data, {
					params: { [zlib.constants.ZSTD_c_compressionLevel]: 19 }
				}),
			decompress: promisify(zlib.zstdDecompress)
		};
	}
};

/**
 * `root`: the folder; `pack`: the cache file of its variants; `files`: paths relative to the folder
 * @typedef {{ root: string, pack: string, encodings: string[], files: string[] }} Request
 */

/**
 * Returns the indexes of the files that have a variant.
 * @param {Request} request
 */
export default async function compress({ root, pack, encodings, files }) {
	const codings = encodings.map((encoding) => CODINGS[encoding]());
	// the largest first, so that all threads finish at about the same time
	const sizes = new Map(files.map((file) => [file, statSync(join(root, file)).size]));
	const queue = [...files].sort((a, b) => Number(sizes.get(b)) - Number(sizes.get(a)));
	/** @type {Set<string>} */
	const compressed = new Set();
	const known = read_pack(pack);
	/** Variants by name: files with the same content share one. @type {Map<string, Promise<Buffer>>} */
	const variants = new Map();
	const threads = Number(process.env.UV_THREADPOOL_SIZE);
	const all = [...sizes.values()].reduce((sum, size) => sum + size, 0) || 1;
	let bytes = 0;
	let done = 0;
	await Promise.all(Array.from({ length: threads * 2 }, work));
	await write_pack(pack, variants);
	return files.flatMap((file, i) => (compressed.has(file) ? [i] : [])).join(' ');

	// files are read and written synchronously: asynchronous calls would wait for a thread behind the compression
	async function work() {
		for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
			const data = readFileSync(join(root, file));
			const digest = createHash('sha256').update(data).digest('hex');
			const made = await Promise.all(codings.map((coding) => variant(coding, data, digest)));
			for (const [i, { extension }] of codings.entries()) {
				if (made[i].length >= data.length) continue;
				const path = join(root, `${file}.${extension}`);
				// a file of the app, or this variant from an earlier call
				if (existsSync(path) && !readFileSync(path).equals(made[i])) continue;
				if (write(path, made[i])) compressed.add(file);
			}
			done++;
			tell(data.length);
		}
	}

	/**
	 * Reports progress after each tenth.
	 * @param {number} length of the file that was compressed
	 */
	function tell(length) {
		const tenth = Math.floor((10 * bytes) / all);
		bytes += length;
		if (Math.floor((10 * bytes) / all) === tenth) return;
		const [part, whole] = [bytes, all].map((size) => (size / 1e6).toFixed(1));
		process.stdout.write(`\x1ePCompressed ${done} of ${files.length} files, ${part} of ${whole} MB\n`);
	}

	/**
	 * @param {Coding} coding
	 * @param {Buffer} data
	 * @param {string} digest
	 */
	function variant(coding, data, digest) {
		const name = `${digest}.${coding.extension}`;
		const begun = variants.get(name) ?? make(coding, data, known.get(name));
		variants.set(name, begun);
		return begun;
	}
}

/**
 * Reuses the cached variant if it decompresses to this content, else compresses.
 * @param {Coding} coding
 * @param {Buffer} data
 * @param {unknown} last
 */
async function make({ compress, decompress }, data, last) {
	if (Buffer.isBuffer(last)) {
		const content = await decompress(last).catch(() => null);
		if (content?.equals(data)) return last;
	}
	return compress(data);
}

/** Writes a variant; returns false if its name, which has one more extension, is too long. @param {string} path @param {Buffer} data */
function write(path, data) {
	try {
		writeFileSync(path, data);
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENAMETOOLONG') return false;
		throw error;
	}
}

/** @param {string} pack @returns {Map<unknown, unknown>} */
function read_pack(pack) {
	try {
		const read = deserialize(readFileSync(pack));
		return read instanceof Map ? read : new Map();
	} catch {
		// the cache is missing or damaged
		return new Map();
	}
}

/**
 * Writes the variants that this run used. Renames a temporary file, because another build may be reading the cache.
 * @param {string} pack
 * @param {Map<string, Promise<Buffer>>} variants
 */
async function write_pack(pack, variants) {
	const entries = await Promise.all([...variants].map(async ([name, made]) => /** @type {const} */ ([name, await made])));
	mkdirSync(dirname(pack), { recursive: true });
	const aside = `${pack}.${process.pid}.part`;
	writeFileSync(aside, serialize(new Map(entries)));
	renameSync(aside, pack);
}

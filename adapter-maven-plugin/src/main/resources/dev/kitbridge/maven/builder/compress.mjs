// Compresses files with Node's own zlib, on as many threads as UV_THREADPOOL_SIZE says. Started as: node compress.mjs request,
// a file of texts that end with a NUL: the folder, the cache, the encodings, and then the files. Prints the numbers of those that now have a variant.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
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
			console.error(`Node ${process.versions.node} has no zstd; it came with 22.15`);
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

const [root, cache, encodings, ...files] = readFileSync(process.argv[2], 'utf8').split('\0').slice(0, -1);
mkdirSync(cache, { recursive: true });
const codings = encodings.split(',').map((encoding) => CODINGS[encoding]());

// the largest first: the last thread to finish then has little left to do
const sizes = new Map(files.map((file) => [file, statSync(join(root, file)).size]));
const queue = [...files].sort((a, b) => Number(sizes.get(b)) - Number(sizes.get(a)));

/** @type {Set<string>} */
const compressed = new Set();
/** Variants in the making, by name: files with the same content share one. @type {Map<string, Promise<Buffer>>} */
const making = new Map();
/** @type {Promise<void>[]} */
const writes = [];
const threads = Number(process.env.UV_THREADPOOL_SIZE);
await Promise.all(Array.from({ length: threads * 2 }, work));
await Promise.all(writes);
process.stdout.write(files.flatMap((file, i) => (compressed.has(file) ? [i] : [])).join(' '));

// files are read synchronously: asynchronous calls would wait for a thread behind the compression
async function work() {
	for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
		const data = readFileSync(join(root, file));
		const digest = createHash('sha256').update(data).digest('hex');
		const made = await Promise.all(codings.map((coding) => variant(coding, data, digest)));
		for (const [i, { extension }] of codings.entries()) {
			if (made[i].length >= data.length) continue;
			writes.push(writeFile(join(root, `${file}.${extension}`), made[i]));
			compressed.add(file);
		}
	}
}

/**
 * @param {Coding} coding
 * @param {Buffer} data
 * @param {string} digest
 */
function variant(coding, data, digest) {
	const name = `${digest}.${coding.extension}`;
	const begun =
		making.get(name) ?? make(coding, data, join(cache, name)).finally(() => making.delete(name));
	making.set(name, begun);
	return begun;
}

/**
 * From the cache, if what lies there really is a variant of this content.
 * @param {Coding} coding
 * @param {Buffer} data
 * @param {string} file
 */
async function make({ compress, decompress }, data, file) {
	if (existsSync(file)) {
		try {
			const known = readFileSync(file);
			if ((await decompress(known)).equals(data)) {
				const now = new Date();
				utimesSync(file, now, now);
				return known;
			}
		} catch {
			// not what it should be
		}
	}
	const made = await compress(data);
	// one that is only half written will not decompress to the content
	writes.push(writeFile(file, made));
	return made;
}

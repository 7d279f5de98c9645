package dev.kitbridge.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares compressed variants, which may differ in their bytes but not in their content. */
public final class Variants {

    /** Returns the names of variants. */
    public static final String NAMES = ".*\\.(gz|br|zst)";

    /** Prints the variants whose content differs from the original. */
    private static final String CHECK =
            """
            import { readFileSync } from 'node:fs';
            import zlib from 'node:zlib';
            const decompress = { gz: zlib.gunzipSync, br: zlib.brotliDecompressSync, zst: zlib.zstdDecompressSync };
            for (const file of process.argv.slice(1)) {
            	const extension = file.slice(file.lastIndexOf('.') + 1);
            	const original = readFileSync(file.slice(0, -extension.length - 1));
            	if (!decompress[extension](readFileSync(file)).equals(original)) console.log(file);
            }
            """;

    private Variants() {}

    /**
     * Lists what is wrong with a folder's variants, given the same folder with variants of every file, as kit writes
     * them: those that are missing although one is smaller than its original, those of files that kit does not
     * compress, those that are not smaller, and those that hold something else.
     */
    public static List<String> differences(Object expected, Object actual) throws IOException {
        Path left = App.path(expected);
        Path right = App.path(actual);
        List<String> variants = variants(right);
        List<String> differences = new ArrayList<>();
        Set<String> compressed = new TreeSet<>();
        for (String variant : variants(left)) {
            compressed.add(original(variant));
            boolean smaller = Files.size(left.resolve(variant)) < Files.size(left.resolve(original(variant)));
            if (smaller && !variants.contains(variant)) differences.add(variant + ": missing");
        }
        for (String variant : variants) {
            if (!compressed.contains(original(variant))) differences.add(variant + ": should not be there");
            if (Files.size(right.resolve(variant)) >= Files.size(right.resolve(original(variant)))) {
                differences.add(variant + ": not smaller than its original");
            }
        }
        for (String variant : otherContent(right, variants)) differences.add(variant + ": holds something else");
        return differences;
    }

    private static List<String> variants(Path folder) {
        return App.files(folder).stream().filter(name -> name.matches(NAMES)).toList();
    }

    private static String original(String variant) {
        return variant.substring(0, variant.lastIndexOf('.'));
    }

    private static List<String> otherContent(Path folder, List<String> variants) {
        List<Object> arguments = new ArrayList<>(List.of("--input-type=module", "--eval", CHECK, "--"));
        arguments.addAll(variants);
        return Node.run(folder, Map.of(), arguments.toArray()).lines().toList();
    }
}

package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Platform;
import dev.kitbridge.adapter.RuntimeBinary;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * A JavaScript runtime as the jar carries it. Compressing its 121 MB takes longer than everything else that the adapter
 * does: the file stays for the next build, which decompresses it to compare it with the runtime, four times as quickly.
 *
 * @param platform what it runs on
 * @param runtime what was packed
 * @param file the compressed executable
 * @param digest SHA-256 of the executable
 */
record PackedRuntime(Platform platform, RuntimeBinary runtime, Path file, String digest) {

    /** A runtime that is being packed by another thread. */
    static final class Packing {

        private final CompletableFuture<PackedRuntime> packed;

        private Packing(CompletableFuture<PackedRuntime> packed) {
            this.packed = packed;
        }

        PackedRuntime await() throws IOException {
            try {
                return packed.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof UncheckedIOException io) throw io.getCause();
                throw e;
            }
        }
    }

    /** Finds a runtime and begins to pack it. */
    static Packing begin(Builder builder, JvmOptions options, Platform platform) throws IOException {
        RuntimeBinary runtime = builder.javaScriptRuntime(options.runtime(), options.runtimeVersion(), platform);
        Path folder = builder.buildDirectory("runtime").resolve(platform.toString());
        return new Packing(CompletableFuture.supplyAsync(() -> {
            try {
                return pack(platform, runtime, folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    static PackedRuntime pack(Platform platform, RuntimeBinary runtime, Path folder) throws IOException {
        Path executable = runtime.executable();
        String digest = Digest.hex(executable);
        // another Java may compress to other bytes, and a build must not depend on what an earlier one left
        Path file = folder.resolve("java-" + Runtime.version()).resolve(executable.getFileName() + ".gz");
        if (!isPacked(file, digest)) {
            Files.createDirectories(file.resolveSibling(""));
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try (OutputStream out = new FastGzip(Files.newOutputStream(part))) {
                Files.copy(executable, out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return new PackedRuntime(platform, runtime, file, digest);
    }

    private static boolean isPacked(Path file, String digest) throws IOException {
        if (!Files.isRegularFile(file)) return false;
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16)) {
            return Digest.hex(in).equals(digest);
        } catch (ZipException | java.io.EOFException e) {
            return false;
        }
    }

    /** The best compression takes five times as long and saves a tenth. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}

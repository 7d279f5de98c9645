package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A JavaScript runtime, compressed for the jar. Compressing its 121 MB takes longer than all other work of the adapter,
 * so later builds reuse the file.
 *
 * @param platform its platform
 * @param runtime the runtime
 * @param file the compressed executable
 * @param digest SHA-256 of the executable
 */
record PackedRuntime(TargetPlatform platform, JavaScriptRuntime.Binary runtime, Path file, String digest) {

    /** Finds a runtime and starts to compress it. */
    static Background<PackedRuntime> begin(Builder builder, JvmOptions options, TargetPlatform platform)
            throws IOException {
        JavaScriptRuntime.Binary runtime =
                builder.javaScriptRuntime(options.runtime(), options.runtimeVersion(), platform);
        Path folder = builder.buildDirectory("runtime").resolve(platform.toString());
        return Background.begin(() -> pack(platform, runtime, folder));
    }

    static PackedRuntime pack(TargetPlatform platform, JavaScriptRuntime.Binary runtime, Path folder)
            throws IOException {
        Path executable = runtime.executable();
        String key = runtime.version() + " " + Digest.checksum(executable);
        Path file = KeptFile.of(folder, executable.getFileName() + ".gz", key, packed -> {
            try (OutputStream out = new FastGzip(Files.newOutputStream(packed))) {
                Files.copy(executable, out);
            }
        });
        Path digest = KeptFile.of(
                folder,
                executable.getFileName() + ".sha256",
                key,
                written -> Files.writeString(written, Digest.hex(executable)));
        return new PackedRuntime(platform, runtime, file, Files.readString(digest));
    }

    /** Compresses at the fastest level: the best one takes five times as long and saves a tenth. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}

package dev.kitbridge.adapters.jvm.run.product;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the jar's files are now.
 *
 * @param app the app's folder
 * @param runtime the JavaScript runtime, null where the jar carries none for this platform
 */
public record Unpacked(Path app, @Nullable Path runtime) {}

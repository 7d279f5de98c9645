package dev.kitbridge.server.packed;

import dev.kitbridge.server.AppFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The jar's files, unpacked.
 *
 * @param app the app's folder
 * @param runtime the JavaScript runtime, null if the jar contains none for this platform
 * @param files unpacks missing files again
 */
public record Unpacked(Path app, @Nullable Path runtime, AppFiles files) {}

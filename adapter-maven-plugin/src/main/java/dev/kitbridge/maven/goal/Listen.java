package dev.kitbridge.maven.goal;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a goal that serves.
 *
 * @param host {@code <host>}, or null for the host of the app's configuration
 * @param port {@code <port>}, or null for the port of the app's configuration
 * @param front {@code <front>}: whether browsers connect to the adapter's HTTP server
 * @param module the module's name and version, for the log
 * @param outputs folders that Maven writes to, and that Vite does not watch
 */
public record Listen(@Nullable String host, @Nullable Integer port, boolean front, String module, List<Path> outputs) {}

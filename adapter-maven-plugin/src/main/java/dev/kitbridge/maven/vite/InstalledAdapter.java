package dev.kitbridge.maven.vite;

import dev.kitbridge.adapter.JavaScriptAdapter;
import java.nio.file.Path;

/**
 * The npm package of an adapter in JavaScript, ready to be loaded.
 *
 * @param asked what the adapter in Java asks for
 * @param version the installed version
 * @param entry a module in the scratch folder that exports the package's module
 * @param stamp of the package's files
 */
public record InstalledAdapter(JavaScriptAdapter asked, String version, Path entry, String stamp) {}

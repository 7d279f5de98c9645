package dev.kitbridge.adapter;

import java.nio.file.Path;

/**
 * The module that contains the app, and this adapter's place in it. {@link Builder} has these methods. They are
 * additions for Maven; kit's builder has none like them.
 */
public interface MavenModule {

    /**
     * Returns the Maven module that contains the app.
     *
     * @return the module
     */
    Project project();

    /**
     * Returns the folder for this adapter's output.
     *
     * @return {@code target/adapters/<name>}, which no other adapter writes to
     */
    Path outputDirectory();

    /**
     * Attaches a file to the module, so that {@code mvn install} and {@code mvn deploy} publish it.
     *
     * @param file an existing file
     * @param type the artifact's extension, such as {@code jar} or {@code zip}
     * @param classifier the artifact's classifier, unique within the module
     * @throws IllegalArgumentException if the file does not exist
     */
    void attachArtifact(Path file, String type, String classifier);
}

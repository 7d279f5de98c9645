package dev.kitbridge.standalone.product;

import dev.kitbridge.server.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The jar that runs.
 *
 * @param attributes of its manifest, which the build half wrote
 */
public record Product(Attributes attributes) {

    /** The jar that these classes lie in. */
    public static Product own() throws IOException {
        try (InputStream in = Product.class.getClassLoader().getResourceAsStream("META-INF/MANIFEST.MF")) {
            return new Product(in == null ? new Attributes() : new Manifest(in).getMainAttributes());
        }
    }

    /** What the names of the environment variables begin with, perhaps nothing. */
    public String envPrefix() {
        String prefix = attributes.getValue("Kitbridge-Env-Prefix");
        return prefix == null ? "" : prefix;
    }

    /** The module and its version, for people; empty if these classes lie in no jar. */
    public String title() {
        String name = attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
        return name == null ? "" : name + " " + attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }

    /** @throws StartException if the classes lie in a folder */
    public Path jar() {
        try {
            Path jar = Path.of(Product.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(jar)) return jar;
            throw new StartException("This needs the app's jar, and runs from the folder " + jar);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

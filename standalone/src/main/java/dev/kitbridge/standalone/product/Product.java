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
 * The running jar.
 *
 * @param attributes of its manifest, which the build wrote
 */
public record Product(Attributes attributes) {

    /** Returns the jar that contains this class. */
    public static Product own() throws IOException {
        try (InputStream in = Product.class.getClassLoader().getResourceAsStream("META-INF/MANIFEST.MF")) {
            return new Product(in == null ? new Attributes() : new Manifest(in).getMainAttributes());
        }
    }

    /** Returns the prefix of the environment variables, or an empty string. */
    public String envPrefix() {
        String prefix = attributes.getValue("Kitbridge-Env-Prefix");
        return prefix == null ? "" : prefix;
    }

    /** Returns the name and version of the module; empty if this class is not in a jar. */
    public String title() {
        String name = attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
        return name == null ? "" : name + " " + attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }

    /** @throws StartException if this class is in a folder */
    public Path jar() {
        try {
            Path jar = Path.of(Product.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(jar)) return jar;
            throw new StartException("This command needs the app's jar, but the classes are in the folder " + jar);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

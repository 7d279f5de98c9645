package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bundles modules that import the built server, with the app's own Vite.
 *
 * @param node runs the bundler
 * @param scratch the folder of Kitbridge in the app, from which imports resolve to the app's packages
 * @param app the app's folder
 */
record ServerBundle(NodeServer node, Path scratch, Path app) {

    /** @return names of packages that the output imports, in order */
    List<String> write(Path entry, Path dest, Collection<String> external) throws IOException {
        if (!Files.isRegularFile(entry)) {
            throw new AdapterException("The entry " + entry + " does not exist; expected a module that imports the"
                    + " server, which the adapter has written");
        }
        Path module = new Script(ServerBundle.class, "bundle.mjs").unpack(scratch.resolve("bundle"));
        Map<String, Object> request = Map.of(
                "root", app.toString(),
                "entry", entry.toString(),
                "out", dest.toString(),
                "external", List.copyOf(external));
        try {
            return Stream.of(node.ask(module, request).split(" ", -1))
                    .filter(name -> !name.isEmpty())
                    .toList();
        } catch (NodeServer.Failed e) {
            throw new AdapterException("The server could not be bundled from " + entry + ": " + e.getMessage(), e);
        }
    }
}

package dev.kitbridge.adapter.test.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A part of the cases. */
public enum TckSuite {
    /** Everything that needs no configuration of the server. */
    SERVER(Map.of()) {
        @Override
        List<TckCase> cases(int kit, String base, Path reference) throws IOException {
            List<TckCase> cases = new ArrayList<>(FILES.cases(kit, base, reference));
            cases.addAll(AnswerRequests.below(base));
            cases.addAll(FieldRequests.below(base));
            cases.addAll(FormRequests.below(base));
            cases.addAll(RemoteRequests.below(base, reference.resolve("client")));
            List<TckCase> bodies = BodyRequests.below(base);
            List<TckCase> paths = PathRequests.below(base);
            if (kit == 2) {
                bodies.stream()
                        .filter(one -> one.request().methods().size() == 1
                                && !one.request().isOld())
                        .forEach(cases::add);
                paths.stream().filter(one -> isPage(one, base)).forEach(cases::add);
                return cases;
            }
            cases.addAll(bodies);
            cases.addAll(paths);
            cases.addAll(PathRequests.outside());
            for (String file : List.of(
                    "deep/er/alphabet.txt", "page.html", "large.txt", "empty.txt", "noise.bin", "about", "table.csv")) {
                cases.addAll(FileRequests.details(base + "/" + file));
            }
            return cases;
        }
    },

    /** Each file and prerendered page, of any app. */
    FILES(Map.of()) {
        @Override
        List<TckCase> cases(int kit, String base, Path reference) throws IOException {
            List<TckCase> cases = new ArrayList<>();
            for (String name : names(reference.resolve("client"))) {
                if (!name.matches(".*\\.(br|gz)|(.*/)?\\.(?!well-known/).*")) {
                    cases.addAll(FileRequests.each("/" + name));
                }
            }
            for (String name : names(reference.resolve("prerendered"))) {
                if (!name.endsWith(".html")) continue;
                cases.addAll(FileRequests.each("/" + name.replaceFirst("(/?index)?\\.html$", "")));
            }
            return cases;
        }
    },

    /** Requests through a proxy, for a server that trusts its fields, and with a limit for bodies of 1,024 bytes. */
    PROXY(ProxyRequests.ENVIRONMENT) {
        @Override
        List<TckCase> cases(int kit, String base, Path reference) {
            return ProxyRequests.below(base);
        }
    },

    /** Requests to a server whose origin is configured as {@code http://shop.example:8080}. */
    ORIGIN(Map.of("ORIGIN", OriginRequests.ORIGIN)) {
        @Override
        List<TckCase> cases(int kit, String base, Path reference) {
            return OriginRequests.below(base);
        }
    };

    /**
     * The paths that are requested on kit 2, where adapter-node serves files by other rules than on kit 3. Pages are
     * compared; effects of its Node code on connections are not.
     */
    private static final String PAGES = "/(page/.+|echo/.*|slash.*|none.*|__.*|\\?.*)?";

    private final Map<String, String> environment;

    TckSuite(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Returns the environment variables of the servers that the suite starts, by the names that adapter-node knows.
     *
     * @return values by name
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Returns the cases.
     *
     * @param kit the major version of SvelteKit
     * @param base the app's base path
     * @param reference the folder that adapter-node wrote
     */
    abstract List<TckCase> cases(int kit, String base, Path reference) throws IOException;

    private static boolean isPage(TckCase one, String base) {
        String target = one.request().target();
        return target.startsWith(base) && target.substring(base.length()).matches(PAGES);
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}

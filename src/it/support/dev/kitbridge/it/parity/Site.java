package dev.kitbridge.it.parity;

import dev.kitbridge.it.App;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The properties of an app that its requests depend on.
 *
 * @param kit major version of SvelteKit
 * @param base its base path
 * @param shop whether it is the storefront
 */
public record Site(int kit, String base, boolean shop) {

    /**
     * The paths that are requested on kit 2, where adapter-node serves files by other rules than on kit 3. Pages are
     * compared; effects of its Node code on connections are not.
     */
    private static final String PAGES = "/(page/.+|echo/.*|slash.*|none.*|__.*|\\?.*)?";

    /**
     * Returns all requests for the app.
     *
     * @param official the output of the official adapter
     */
    List<Ask> requests(File official) throws IOException {
        List<Ask> asks = new ArrayList<>();
        for (String path : files(official)) asks.addAll(FileRequests.each(path));
        if (shop) {
            asks.addAll(ShopRequests.all());
            return asks;
        }
        asks.addAll(AnswerRequests.below(base));
        asks.addAll(FieldRequests.below(base));
        asks.addAll(FormRequests.below(base));
        asks.addAll(RemoteRequests.below(base, official));
        if (kit == 2) {
            BodyRequests.below(base).stream()
                    .filter(ask -> ask.methods().size() == 1 && !ask.isOld())
                    .forEach(asks::add);
            PathRequests.below(base).stream()
                    .filter(ask -> ask.target().startsWith(base)
                            && ask.target().substring(base.length()).matches(PAGES))
                    .forEach(asks::add);
            return asks;
        }
        asks.addAll(BodyRequests.below(base));
        asks.addAll(PathRequests.below(base));
        asks.addAll(PathRequests.outside());
        for (String file : List.of(
                "deep/er/alphabet.txt", "page.html", "large.txt", "empty.txt", "noise.bin", "about", "table.csv")) {
            asks.addAll(FileRequests.details(base + "/" + file));
        }
        return asks;
    }

    /** Returns the name for logs. */
    String name() {
        return kit + "-" + (shop ? "shop" : "lab");
    }

    private List<String> files(File official) {
        List<String> paths = new ArrayList<>();
        for (String name : App.files(new File(official, "client"))) {
            if (!name.matches(".*\\.(br|gz)|(.*/)?\\.(?!well-known/).*")) paths.add("/" + name);
        }
        for (String name : App.files(new File(official, "prerendered"))) {
            if (name.endsWith(".html")) paths.add("/" + name.replaceFirst("(/?index)?\\.html$", ""));
        }
        return paths;
    }
}

package dev.kitbridge.it.parity;

import dev.kitbridge.adapter.test.tck.TckApp;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An app that both adapters built.
 *
 * @param app the app of the suite, or the one on the same kit
 * @param base its base path
 * @param shop whether it is the storefront
 * @param official the folder that the official adapter wrote
 * @param commands arguments of Java that start our server, by runtime or container
 */
public record Built(TckApp app, String base, boolean shop, File official, Map<String, List<String>> commands) {

    /**
     * @param kit major version of SvelteKit
     * @param base its base path
     * @param shop whether it is the storefront
     * @param jars our jars, by the runtime that they contain
     */
    public static Built of(int kit, String base, boolean shop, File official, Map<String, File> jars) {
        Map<String, List<String>> commands = new TreeMap<>();
        jars.forEach((runtime, jar) -> commands.put(runtime, List.of("-jar", jar.getPath())));
        return new Built(app(kit), base, shop, official, commands);
    }

    /** Returns an app that the test starts with other arguments of Java. */
    public static Built started(int kit, String base, File official, Map<String, List<String>> commands) {
        return new Built(app(kit), base, false, official, commands);
    }

    private static TckApp app(int kit) {
        return kit == 2 ? TckApp.KIT_2 : TckApp.KIT_3;
    }

    /** Returns the same jars with the official adapter's output for another config. */
    public Built beside(File other) {
        return new Built(app, base, shop, other, commands);
    }

    /** Returns the name for logs. */
    String name() {
        return app + "-" + (shop ? "shop" : "lab");
    }
}

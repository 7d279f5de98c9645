package dev.kitbridge.it.parity;

import java.io.File;
import java.util.Map;

/**
 * An app that both adapters built.
 *
 * @param site what is known of it
 * @param official the folder that the official adapter wrote
 * @param jars ours, by the runtime that they carry
 */
public record Built(Site site, File official, Map<String, File> jars) {

    /**
     * @param kit major version of SvelteKit
     * @param base its base path
     * @param shop whether it is the storefront
     */
    public static Built of(int kit, String base, boolean shop, File official, Map<String, File> jars) {
        return new Built(new Site(kit, base, shop), official, jars);
    }

    /** The same jars beside what the official adapter made of another config. */
    public Built beside(File other) {
        return new Built(site, other, jars);
    }
}

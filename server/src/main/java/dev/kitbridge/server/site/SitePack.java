package dev.kitbridge.server.site;

import java.util.ArrayList;
import java.util.List;

/**
 * All files of a site in one, one after the other: in the order of the manifest, each before its variants. Where it
 * lies in an app's folder, it takes the place of the files, and there is one to check in place of hundreds.
 */
public final class SitePack {

    /** Name of the file. */
    public static final String FILE = "site.pack";

    private SitePack() {}

    /** The files that it consists of, relative to the app's folder. */
    public static List<String> names(SiteManifest site) {
        List<String> names = new ArrayList<>();
        for (SiteFile file : site.files()) {
            names.add(file.file());
            for (SiteFile.Variant variant : file.variants()) names.add(file.file(variant.encoding()));
        }
        return names;
    }
}

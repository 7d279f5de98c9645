package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The blocks of a page of the docs that its reader copies. */
public final class Documented {

    /** A block of XML in a numbered step. */
    private static final Pattern STEP = Pattern.compile("(?ms)^   ```xml\\n(.*?)^   ```");

    private Documented() {}

    /** Returns the blocks of XML in a page's steps that a POM lacks, apart from versions and white space. */
    public static List<String> missing(File page, File pom) throws IOException {
        String given = compact(Files.readString(pom.toPath()));
        List<String> blocks = STEP.matcher(Files.readString(page.toPath()))
                .results()
                .map(block -> block.group(1))
                .toList();
        if (blocks.isEmpty()) throw new AssertionError(page + " has no steps with XML");
        return blocks.stream().filter(block -> !given.contains(compact(block))).toList();
    }

    /** Returns the only block of a language in a page. */
    public static String block(File page, String language) throws IOException {
        List<MatchResult> blocks = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```")
                .matcher(Files.readString(page.toPath()))
                .results()
                .toList();
        if (blocks.size() != 1) throw new AssertionError(page + " has " + blocks.size() + " blocks of " + language);
        return blocks.get(0).group(1);
    }

    private static String compact(String xml) {
        return xml.replaceAll("<version>[^<]*</version>", "").replaceAll("\\s", "");
    }
}

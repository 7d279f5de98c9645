package org.example.depot;

import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.adapter.Option;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One option of each kind. */
public record DepotOptions(
        @Option("Heading of the report") String title,
        @Option("Regions that the site is stored in") List<String> regions,
        @Option("How much the report says") Level level,
        @Option("What the site may take up") Limits limits,
        @Option(value = "Room for the archive", defaultValue = "10 MB") Megabytes room,
        @Option("Compressed variants") Set<Encoding> variants,
        @Option("Labels on the archive") Map<String, String> labels,
        @Option("Folder with notes to publish") Path notes,
        @Option("Days that the archive is kept") int days,
        @Option("Whether the depot can read files at run time") Boolean files) {

    /** How much to say. */
    public enum Level {
        BRIEF,
        FULL
    }

    /** Bounds; zero is none. */
    public record Limits(int files, boolean hard) {}

    /** A size that users write with its unit. */
    public record Megabytes(int count) {

        /** Reads {@code 5 MB}. */
        public static Megabytes valueOf(String text) {
            if (!text.matches("\\d+ MB")) {
                throw new IllegalArgumentException("'" + text + "' is no size; it reads like 5 MB");
            }
            return new Megabytes(Integer.parseInt(text.substring(0, text.indexOf(' '))));
        }
    }

    public DepotOptions {
        if (regions == null) regions = List.of("north");
        if (level == null) level = Level.BRIEF;
        if (limits == null) limits = new Limits(0, false);
        if (room == null) room = new Megabytes(10);
        if (variants == null) variants = Set.of();
        if (labels == null) labels = Map.of();
        if (days == 0) days = 30;
        if (files == null) files = true;
    }
}

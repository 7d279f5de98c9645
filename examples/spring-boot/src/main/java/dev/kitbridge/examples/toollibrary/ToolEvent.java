package dev.kitbridge.examples.toollibrary;

import java.time.Instant;

/** Something that happened to a tool, without names of members. */
public record ToolEvent(Instant time, String text) {

    static ToolEvent now(String text) {
        return new ToolEvent(Instant.now(), text);
    }
}

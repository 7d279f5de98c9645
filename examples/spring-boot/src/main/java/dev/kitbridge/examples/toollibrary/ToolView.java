package dev.kitbridge.examples.toollibrary;

/**
 * A tool as a visitor sees it.
 *
 * @param deposit in euros
 * @param available whether nobody has borrowed it
 * @param mine whether the visitor has borrowed it
 * @param photographed whether there is a photo
 */
public record ToolView(
        long id,
        String name,
        String category,
        int deposit,
        String description,
        boolean available,
        boolean mine,
        boolean photographed) {}

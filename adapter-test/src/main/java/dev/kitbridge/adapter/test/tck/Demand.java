package dev.kitbridge.adapter.test.tck;

/**
 * A demand on a server.
 *
 * @param id the group and the name: {@code files/ranges}
 * @param text the demand as a sentence
 * @param source the section of a standard, or the part of SvelteKit, that the demand comes from
 */
public record Demand(String id, String text, String source) {

    /**
     * Returns the group of demands that the report puts together.
     *
     * @return the part of the id before the slash
     */
    public String group() {
        return id.substring(0, id.indexOf('/'));
    }
}

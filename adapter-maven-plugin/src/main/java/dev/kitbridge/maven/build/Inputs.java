package dev.kitbridge.maven.build;

import java.util.List;

/**
 * Everything that a build read. The bridge records it ({@code reads.mjs}). Paths are relative to the app's folder, or
 * absolute outside of it, with forward slashes.
 *
 * @param files files that were opened, including those that did not exist
 * @param looks paths that were only tested for existence or kind
 * @param folders folders whose entries were listed
 * @param trees folders that were listed recursively
 * @param written files that the build wrote or deleted
 * @param variables environment variables
 * @param prefixes prefixes for which all environment variables were read
 * @param questions Git commands whose output was read
 * @param unknown names of sources whose content cannot be compared
 */
record Inputs(
        List<String> files,
        List<String> looks,
        List<String> folders,
        List<String> trees,
        List<String> written,
        List<String> variables,
        List<String> prefixes,
        List<Question> questions,
        List<String> unknown) {

    /**
     * A Git command that changes nothing.
     *
     * @param folder where it ran
     * @param arguments all but the program
     */
    record Question(String folder, List<String> arguments) {}

    static final Inputs NONE = new Inputs(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
}

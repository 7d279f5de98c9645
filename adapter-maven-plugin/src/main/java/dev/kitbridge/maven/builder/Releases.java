package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Log;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up earlier releases of the module. */
@FunctionalInterface
public interface Releases {

    /**
     * Returns the newest earlier releases that have an artifact of a type, newest first.
     *
     * @param count the maximum number of releases
     * @param classifier the classifier of the artifact, or null
     * @param log reports releases that are skipped
     * @throws AdapterException if a repository cannot be read
     */
    List<Downloads.Release> newest(int count, String type, @Nullable String classifier, Log log);
}

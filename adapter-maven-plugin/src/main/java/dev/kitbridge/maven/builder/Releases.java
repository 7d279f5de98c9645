package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Log;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up what was released of the module before. */
@FunctionalInterface
public interface Releases {

    /**
     * The newest earlier releases that have an artifact of some type, newest first.
     *
     * @param count how many at most
     * @param classifier of the artifact, null: none
     * @param log told what is left out
     * @throws AdapterException if a repository cannot be asked
     */
    List<Downloads.Release> newest(int count, String type, @Nullable String classifier, Log log);
}

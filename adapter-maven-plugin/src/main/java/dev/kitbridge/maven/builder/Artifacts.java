package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Project.Dependency;
import java.util.List;

/** Resolves artifacts. */
@FunctionalInterface
public interface Artifacts {

    /**
     * Resolves an artifact with its runtime dependencies.
     *
     * @return the artifact first
     * @throws AdapterException if an artifact cannot be resolved
     */
    List<Dependency> resolve(String groupId, String artifactId, String version);
}

package dev.kitbridge.maven;

import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.goal.Adaptation;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Builds the SvelteKit app and runs adapters against the output: installs the app's packages and builds it with its own
 * Vite, each if necessary, checks that the adapters support what the app uses, and lets every adapter write its output.
 */
@Mojo(
        name = "adapt",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class AdaptMojo extends BuildMojo {

    @Inject
    private MavenProjectHelper projects;

    @Override
    void run() throws IOException {
        for (KitBuilder.Attachment attached : new Adaptation(request(), plugin.getVersion()).run()) {
            projects.attachArtifact(
                    project,
                    attached.type(),
                    attached.classifier(),
                    attached.file().toFile());
        }
    }
}

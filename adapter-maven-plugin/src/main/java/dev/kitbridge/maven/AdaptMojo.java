package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.AdapterRun;
import dev.kitbridge.maven.adapters.Configured;
import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
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
        try (Built built = build()) {
            adapt(built);
        }
    }

    private void adapt(Built built) throws IOException {
        new SupportsCheck(built.build().record(), built.adapters()).enforce();
        Compressor compressor = new Compressor(built.build().node(), built.app().scratch());
        AdapterRun run = new AdapterRun(
                built.project(),
                built.build(),
                built.app().scratch(),
                compressor,
                log -> downloads(built.node(), log, log::info));
        for (Configured adapter : built.adapters()) {
            AdapterRun.Result result = run.run(adapter, new AdapterLog(getLog(), adapter.id()));
            if (!result.fresh()) getLog().info("Nothing changed for adapter '" + adapter.id() + "'");
            for (KitBuilder.Attachment attached : result.attachments()) {
                projects.attachArtifact(
                        project,
                        attached.type(),
                        attached.classifier(),
                        attached.file().toFile());
            }
        }
    }
}

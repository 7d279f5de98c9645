package dev.kitbridge.maven;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.services.ModuleClasses;
import dev.kitbridge.maven.types.AdapterDeclarations;
import dev.kitbridge.maven.types.Compilation;
import dev.kitbridge.maven.types.DeclarationFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Declares the module's Java services in TypeScript: {@code App.Platform} and what the services take and return, in a
 * file of the app, {@code src/platform.d.ts}, which is written only when its content changes. {@code adapters.d.ts}
 * beside it declares the modules that adapters provide.
 */
@Mojo(
        name = "types",
        defaultPhase = LifecyclePhase.PROCESS_CLASSES,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class TypesMojo extends AppMojo {

    /** The file to write; by default {@code src/platform.d.ts} in the app. */
    @Parameter(property = "adapter.typesFile")
    private @Nullable File typesFile;

    /** The adapters that the app is built for: one element for each, with the adapter's name. */
    @Parameter(property = "adapter.adapters")
    private @Nullable PlexusConfiguration adapters;

    @Override
    void run() throws IOException {
        if (isModuleWithoutApp()) return;
        App app = app();
        Path file = typesFile == null ? app.directory().resolve("src/platform.d.ts") : typesFile.toPath();
        SessionModule module = module(adapters, null);
        ModuleClasses classes = module.classes(false);
        List<Path> sources =
                project.getCompileSourceRoots().stream().map(Path::of).toList();
        Path output = Path.of(project.getBuild().getOutputDirectory());
        Compilation compilation = new Compilation(sources, output, classes.classPath());
        new DeclarationFile(file, compilation, classes.interfaces(), log()).update();
        List<String> types = module.knownAdapters().stream()
                .map(adapter -> adapter.ask(Adapter::types))
                .toList();
        new AdapterDeclarations(file.resolveSibling("adapters.d.ts"), log()).update(types);
    }
}

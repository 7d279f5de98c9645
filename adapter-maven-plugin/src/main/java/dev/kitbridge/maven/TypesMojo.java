package dev.kitbridge.maven;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.types.Compilation;
import dev.kitbridge.maven.types.JavaSources;
import dev.kitbridge.maven.types.ServiceInterfaces;
import dev.kitbridge.maven.types.TypeWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Declares the module's Java services in TypeScript: {@code App.Platform} and what the services take and return, in a
 * file of the app, {@code src/platform.d.ts}, which is written only when its content changes.
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

    @Override
    void run() throws IOException {
        if (isModuleWithoutApp()) return;
        App app = app();
        Path file = typesFile == null ? app.directory().resolve("src/platform.d.ts") : typesFile.toPath();
        String before = Files.isRegularFile(file) ? Files.readString(file) : null;
        if (before != null && !before.startsWith(TypeWriter.HEADER)) {
            throw new UserFailure(file + " was not written by adapter:types; rename it, or set <typesFile> to another");
        }
        ModuleClasses module = ModuleClasses.of(project, false);
        Optional<String> incomplete = compilation(module).whyIncomplete();
        if (incomplete.isPresent()) {
            getLog().warn((before == null ? "Wrote no " + file : "Left " + file + " as it is")
                    + ", since services may be missing: " + incomplete.get()
                    + "; compile first: mvn process-classes");
            return;
        }
        if (module.interfaces().isEmpty() && before == null) {
            getLog().info("The module has no interface with @PlatformService");
            return;
        }
        String text = write(module);
        if (text.equals(before)) return;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        getLog().info("Wrote " + file + ": " + String.join(", ", module.interfaces()));
        if (before == null) {
            // once: nothing of ours runs in a Vite that Maven did not start
            getLog().warn("Under 'npm run dev' event.platform is undefined: no services, principal, attributes or"
                    + " request; 'mvn adapter:dev' runs the same Vite with all of them");
        }
    }

    private List<Path> sources() {
        return project.getCompileSourceRoots().stream().map(Path::of).toList();
    }

    private Compilation compilation(ModuleClasses module) {
        return new Compilation(sources(), Path.of(project.getBuild().getOutputDirectory()), module.classPath());
    }

    private String write(ModuleClasses module) throws IOException {
        try (ServiceInterfaces services = new ServiceInterfaces(module.classPath(), module.interfaces())) {
            return new TypeWriter(new JavaSources(sources())).write(services.byName());
        } catch (LinkageError e) {
            throw new UserFailure(
                    "The services' types cannot be loaded: " + e + "; see that the module depends on all that its"
                            + " services use",
                    e);
        }
    }
}

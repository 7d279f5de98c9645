package dev.kitbridge.maven.types;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of an app that declares the module's services in TypeScript.
 *
 * @param file the file
 * @param compilation the module's sources and classes
 * @param interfaces names of the services' interfaces
 * @param log Maven's log
 */
public record DeclarationFile(Path file, Compilation compilation, List<String> interfaces, ProcessLog log) {

    /**
     * Writes the file if its content changes.
     *
     * @throws UserFailure if the file was not written by this class, or a service's types cannot be loaded
     */
    public void update() throws IOException {
        String before = before();
        Optional<String> incomplete = compilation.whyIncomplete();
        if (incomplete.isPresent()) {
            log.warn((before == null ? "Wrote no " + file : "Left " + file + " as it is")
                    + ", since services may be missing: " + incomplete.get() + "; compile first: mvn process-classes");
            return;
        }
        if (interfaces.isEmpty() && before == null) {
            log.say("The module has no interface with @PlatformService");
            return;
        }
        String text = text();
        if (text.equals(before)) return;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        log.say("Wrote " + file + ": " + String.join(", ", interfaces));
        if (before == null) {
            // once: Kitbridge does not run in a Vite that Maven did not start
            log.warn("Under 'npm run dev' event.platform is undefined: no services, principal, attributes or"
                    + " request; 'mvn adapter:dev' runs the same Vite with all of them");
        }
    }

    private boolean hasSecurity() {
        return has("kitbridge-spring-boot-starter-") && has("spring-security-web-");
    }

    private boolean has(String jar) {
        return compilation.classPath().stream()
                .anyMatch(path -> String.valueOf(path.getFileName()).startsWith(jar));
    }

    private @Nullable String before() throws IOException {
        if (!Files.isRegularFile(file)) return null;
        String text = Files.readString(file);
        if (text.startsWith(TypeWriter.HEADER)) return text;
        throw new UserFailure(file + " was not written by adapter:types; rename it, or set <typesFile> to another");
    }

    private String text() throws IOException {
        try (ServiceInterfaces services = new ServiceInterfaces(compilation.classPath(), interfaces)) {
            return new TypeWriter(new JavaSources(compilation.sources()), hasSecurity()).write(services.byName());
        } catch (LinkageError e) {
            throw new UserFailure(
                    "The services' types cannot be loaded: " + e + "; see that the module depends on all that its"
                            + " services use",
                    e);
        }
    }
}

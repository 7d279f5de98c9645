package dev.kitbridge.maven.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilationTest {

    @TempDir
    Path module;

    private Path sources;
    private Path classes;

    @BeforeEach
    void sources() {
        sources = module.resolve("src/main/java");
        classes = module.resolve("target/classes");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Compilation compilation(Path... more) {
        List<Path> classPath = new java.util.ArrayList<>(List.of(classes));
        classPath.addAll(List.of(more));
        return new Compilation(List.of(sources, module.resolve("src/main/generated")), classes, classPath);
    }

    @Test
    void classesOfAllServicesAreComplete() throws IOException {
        write(sources.resolve("org/example/Ferry.java"), "@PlatformService interface Ferry {}");
        write(sources.resolve("org/example/Other.java"), "class Other {}");
        write(classes.resolve("org/example/Ferry.class"), "");
        assertThat(compilation().whyIncomplete()).isEmpty();
    }

    @Test
    void aServiceWithoutAClassIsNamed() throws IOException {
        Path source = sources.resolve("org/example/Ferry.java");
        write(source, "@PlatformService interface Ferry {}");
        write(classes.resolve("org/example/Other.class"), "");
        assertThat(compilation().whyIncomplete())
                .contains(source + " is not compiled to " + classes.resolve("org/example/Ferry.class"));
    }

    @Test
    void sourcesWithoutAnyClassAreNotCompiled() throws IOException {
        write(sources.resolve("org/example/Ferry.kt"), "interface Ferry");
        assertThat(compilation().whyIncomplete()).contains(classes + " has no classes");
        Files.createDirectories(classes);
        assertThat(compilation().whyIncomplete()).contains(classes + " has no classes");
    }

    @Test
    void aModuleWithoutSourcesIsComplete() throws IOException {
        assertThat(compilation().whyIncomplete()).isEmpty();
    }

    @Test
    void anotherModuleThatIsNotCompiledIsNamed() throws IOException {
        Path other = module.resolve("../other/target/classes");
        assertThat(compilation(other).whyIncomplete())
                .contains(other + ", which is on the module's class path, does not exist");
    }
}

package dev.kitbridge.standalone.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarClassesTest {

    private static final class Used {}

    private static final class Unused {}

    @TempDir
    Path folder;

    private Path jar(Class<?>... classes) throws IOException {
        Path jar = folder.resolve("app.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("broken/Broken.class"));
        }
        return jar;
    }

    @Test
    void aJarThatIsOverwrittenIsNotNeededAnyMore() throws Exception {
        Path jar = jar(Used.class, Unused.class);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            new JarClasses(jar, loader, List.of()).load();
            Files.write(jar, new byte[100]);

            assertThat(Class.forName(Unused.class.getName(), true, loader).getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void unusedClassesAreNotLoaded() throws Exception {
        Path jar = jar(Used.class, Unused.class);
        String prefix = Unused.class.getName().replace('.', '/');
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            new JarClasses(jar, loader, List.of(prefix)).load();
            Files.write(jar, new byte[100]);

            assertThat(Class.forName(Used.class.getName(), true, loader)).isNotNull();
            assertThatThrownBy(() -> Class.forName(Unused.class.getName(), true, loader))
                    .isInstanceOfAny(ClassNotFoundException.class, LinkageError.class);
        }
    }
}

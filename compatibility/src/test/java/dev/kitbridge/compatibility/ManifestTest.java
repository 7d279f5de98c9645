package dev.kitbridge.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the manifests of the packaged artifacts, as the module system and OSGi do. */
class ManifestTest {

    @ParameterizedTest
    @CsvSource({
        "adapter-api, dev.kitbridge.adapter",
        "kitbridge-platform, dev.kitbridge.platform",
        "kitbridge-server, dev.kitbridge.server",
        "kitbridge-services, dev.kitbridge.services",
        "kitbridge-servlet, dev.kitbridge.servlet",
        "kitbridge-spring-boot-starter, dev.kitbridge.spring",
        "kitbridge-standalone, dev.kitbridge.standalone",
        "kitbridge-cache-redis, dev.kitbridge.cache.redis",
        "adapter-maven-plugin, dev.kitbridge.maven",
        "kitbridge-adapter-test, dev.kitbridge.adapter.test",
        "adapter-npm, dev.kitbridge.adapters.npm",
        "adapter-static, dev.kitbridge.adapters.statics",
        "adapter-jvm, dev.kitbridge.adapters.jvm"
    })
    void anArtifactHasAModuleNameItsOwnPackagesAndNoOsgiHeaders(String artifactId, String module) throws IOException {
        try (JarFile jar = Artifact.named(artifactId).jar()) {
            ModuleDescriptor descriptor = moduleOf(jar);
            assertThat(descriptor.name()).isEqualTo(module);
            // two modules with a package in common cannot be resolved together
            assertThat(descriptor.packages()).allMatch(name -> name.equals(module) || name.startsWith(module + "."));
            // without Bundle headers an OSGi tool derives them; a Class-Path would bring jars that Maven does not know
            assertThat(jar.getManifest().getMainAttributes().keySet())
                    .extracting(Object::toString)
                    .noneMatch(name -> name.matches("Bundle-.*|(Import|Export|DynamicImport)-Package|Class-Path"));
        }
    }

    private static ModuleDescriptor moduleOf(JarFile jar) {
        return ModuleFinder.of(Path.of(jar.getName()))
                .findAll()
                .iterator()
                .next()
                .descriptor();
    }
}

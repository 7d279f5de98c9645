package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {

    @TempDir
    Path temp;

    private Project project(String packaging, @Nullable Path artifact) {
        return new Project(
                "org.example",
                "shop",
                "1.0",
                packaging,
                "shop-1.0",
                temp,
                temp,
                temp.resolve("target"),
                temp.resolve("target/classes"),
                artifact,
                List.of(),
                null);
    }

    @Test
    void aJarOrAWarThatIsNotPackagedYetCanContainTheApp() {
        assertThatCode(() -> Resources.check(project("jar", null))).doesNotThrowAnyException();
        assertThatCode(() -> Resources.check(project("war", null))).doesNotThrowAnyException();
    }

    @Test
    void thePhaseIsNamedIfTheArtifactIsAlreadyPackaged() {
        assertThatThrownBy(() -> Resources.check(project("war", temp.resolve("shop-1.0.war"))))
                .isInstanceOf(AdapterException.class)
                .hasMessage(
                        "<target>resources</target> packs the app into the module's war, but shop-1.0.war has already"
                                + " been packaged; bind the goal to an earlier phase:"
                                + " <execution><phase>prepare-package</phase><goals><goal>adapt</goal></goals></execution>");
    }

    @Test
    void otherPackagingsAreRejected() {
        assertThatThrownBy(() -> Resources.check(project("pom", null)))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("the module's packaging is pom");
    }

    @Test
    void unchangedFilesAreKeptAndFilesOfThePreviousAppAreDeleted() throws Exception {
        Path classes = temp.resolve("classes");
        Path source = Files.writeString(temp.resolve("node.gz"), "runtime");
        Resources first = new Resources(classes);
        first.store("META-INF/kitbridge/runtime/linux-x64/node.gz", source);
        first.write("META-INF/kitbridge/app/old.js", "old");
        first.deleteOthers();
        Path runtime = classes.resolve("META-INF/kitbridge/runtime/linux-x64/node.gz");
        Object key = Files.getAttribute(runtime, "unix:ctime");

        Resources second = new Resources(classes);
        second.store("META-INF/kitbridge/runtime/linux-x64/node.gz", source);
        second.write("META-INF/kitbridge/app/new.js", "new");
        second.deleteOthers();
        assertThat(Files.getAttribute(runtime, "unix:ctime")).isEqualTo(key);
        assertThat(classes.resolve("META-INF/kitbridge/app/new.js")).hasContent("new");
        assertThat(classes.resolve("META-INF/kitbridge/app/old.js")).doesNotExist();
    }
}

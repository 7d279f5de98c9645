package dev.kitbridge.maven.goal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlacesTest {

    @TempDir
    Path folder;

    @Test
    void aFolderMayBeMissing() throws IOException {
        assertThatCode(() -> OutputPlaces.require(folder.resolve("target/adapters/static")))
                .doesNotThrowAnyException();
        Files.createDirectories(folder.resolve("target/adapters"));
        Files.createSymbolicLink(folder.resolve("target/adapters/static"), folder);
        assertThatCode(() -> OutputPlaces.require(folder.resolve("target/adapters/static")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "");
        for (Path path : new Path[] {target, target.resolve("adapters"), target.resolve("adapters/static")}) {
            assertThatThrownBy(() -> OutputPlaces.require(path))
                    .isInstanceOf(UserFailure.class)
                    .hasMessage(target + " is a file, and the build needs a folder there; delete it, or move it");
        }
    }

    @Test
    void aLinkWithoutATargetIsNamed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("target"), folder.resolve("nothing"));
        assertThatThrownBy(() -> OutputPlaces.require(link.resolve("adapters")))
                .hasMessageStartingWith(link + " is a link to a missing file");
    }
}

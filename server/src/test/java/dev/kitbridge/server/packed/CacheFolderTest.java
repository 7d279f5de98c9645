package dev.kitbridge.server.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    @TempDir
    Path temp;

    @Test
    void theFolderForTemporaryFilesComesLast() {
        User user = new User(1234);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"), "kitbridge-1234");
        assertThat(CacheFolder.candidates(Map.of("CACHE_DIRECTORY", "/var/cache/shop"), user))
                .containsExactly(Path.of("/var/cache/shop/kitbridge"));
        assertThat(CacheFolder.candidates(Map.of("XDG_CACHE_HOME", temp.toString()), user))
                .containsExactly(temp.resolve("kitbridge/run"), temporary);
        assertThat(CacheFolder.candidates(Map.of("XDG_CACHE_HOME", "relative"), user))
                .containsExactly(temporary);
    }
}

package dev.kitbridge.adapter.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class AdapterTestExtensionTest {

    private static final List<Path> FOLDERS = new ArrayList<>();

    /** Run by the test below. */
    static class Sample {

        @AdapterTest
        void adapts(AdaptedModule module, AdaptedModule same) throws IOException {
            assertThat(module).isSameAs(same);
            FOLDERS.add(module.folder());
            module.adapt(new Lighthouse());
            if (FOLDERS.size() == 2) assertThat(module).hasFile("none");
        }
    }

    @Test
    void eachAppHasItsRunAndItsFolder() {
        FOLDERS.clear();
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(
                        Sample.class, "adapts", AdaptedModule.class.getName() + "," + AdaptedModule.class.getName()))
                .execute()
                .testEvents();
        tests.assertStatistics(run -> run.started(2).succeeded(1).failed(1));
        assertThat(tests.started().map(event -> event.getTestDescriptor().getDisplayName()))
                .containsExactly("KIT_3", "KIT_2");
        assertThat(FOLDERS).doesNotHaveDuplicates().hasSize(2).noneMatch(folder -> folder.toFile()
                .exists());
    }
}

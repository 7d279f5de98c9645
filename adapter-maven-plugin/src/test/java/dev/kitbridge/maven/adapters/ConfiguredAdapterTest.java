package dev.kitbridge.maven.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.maven.failure.Defect;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.recorded.RecordedBuild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredAdapterTest {

    /** The downloads of an adapter. */
    private interface Work {
        void with(Downloads downloads) throws IOException;
    }

    private static ConfiguredAdapter adapter(Work work) {
        return new ConfiguredAdapter("crane", "depot", "depot.jar", Map.of(), new Adapter() {
            @Override
            public String name() {
                return "depot";
            }

            @Override
            public void fetch(Downloads downloads) throws IOException {
                work.with(downloads);
            }

            @Override
            public void adapt(Builder builder) {}
        });
    }

    @Test
    void anAdapterFetchesWhatItWillNeed() {
        List<Downloads> given = new ArrayList<>();
        adapter(given::add).fetch(RecordedBuild.NOTHING);
        assertThat(given).containsExactly(RecordedBuild.NOTHING);
    }

    @Test
    void anAdapterThatCannotFetchItIsNamed() {
        assertThatThrownBy(() -> adapter(downloads -> {
                            throw new AdapterException("there is no Bun for aix-ppc64");
                        })
                        .fetch(RecordedBuild.NOTHING))
                .isInstanceOf(UserFailure.class)
                .hasMessage("Adapter 'crane': there is no Bun for aix-ppc64");
        assertThatThrownBy(() -> adapter(downloads -> {
                            throw new IOException("disk full");
                        })
                        .fetch(RecordedBuild.NOTHING))
                .isInstanceOf(Defect.class)
                .hasMessageStartingWith("Adapter 'crane' (depot.jar) failed: java.io.IOException: disk full");
    }
}

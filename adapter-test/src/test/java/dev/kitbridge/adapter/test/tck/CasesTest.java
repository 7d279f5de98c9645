package dev.kitbridge.adapter.test.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CasesTest {

    @TempDir
    Path reference;

    private List<TckCase> all(TckApp app) throws Exception {
        Path client = Files.createDirectories(reference.resolve("client"));
        Files.writeString(client.resolve("remote.js"), "\"1abc/stock\"");
        List<TckCase> all = new ArrayList<>();
        for (TckSuite suite : List.of(TckSuite.SERVER, TckSuite.PROXY, TckSuite.ORIGIN)) {
            all.addAll(suite.cases(app.kit(), app.base(), reference));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void eachCaseNamesWhatItDemands(TckApp app) throws Exception {
        List<TckCase> all = all(app);
        assertThat(all).hasSizeGreaterThan(1000);
        Set<Demand> demands = new HashSet<>();
        for (TckCase one : all) demands.add(one.demand());
        assertThat(demands)
                .allSatisfy(demand -> {
                    assertThat(demand.id()).matches("[a-z]+/[a-z]+");
                    assertThat(demand.text()).hasSizeBetween(20, 160).doesNotEndWith(".");
                    assertThat(demand.source()).matches(".*(RFC \\d|SvelteKit|adapter-node|Fetch).*");
                })
                // one text for each id
                .extracting(Demand::id)
                .doesNotHaveDuplicates()
                .contains("files/content", "forms/csrf", "streams/bodies", "errors/pages", "limits/bodies");
        assertThat(demands).extracting(Demand::group).contains("files", "forms", "connections", "remote");
    }

    @Test
    void theFilesOfTheReferenceAreRequested() throws Exception {
        for (String name :
                List.of("client/a b.txt", "client/a b.txt.gz", "client/.hidden", "prerendered/x/index.html")) {
            Path file = reference.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, "");
        }
        assertThat(TckSuite.FILES.cases(3, "", reference))
                .extracting(one -> one.request().target())
                .containsOnly("/a%20b.txt", "/x");
    }

    @ParameterizedTest
    @EnumSource
    void theAppIsWrittenWholly(TckApp app) throws Exception {
        app.writeTo(reference);
        assertThat(reference.resolve("package-lock.json")).exists();
        assertThat(reference.resolve("static/.secret")).exists();
        assertThat(reference.resolve("static/pl\u00e4ne/grundri\u00df nord.txt"))
                .exists();
        assertThat(reference.resolve("src/routes/page/[...rest]/+page.svelte")).exists();
        assertThat(reference.resolve("vite.config.js")).content().contains("sveltekit(");
    }
}

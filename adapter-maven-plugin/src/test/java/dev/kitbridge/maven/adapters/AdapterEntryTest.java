package dev.kitbridge.maven.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.adapters.AdapterEntry.Element;
import dev.kitbridge.maven.failure.UserFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdapterEntryTest {

    private static Element text(String name, String text) {
        return new Element(name, Map.of(), text, List.of());
    }

    private static Element element(String name, Map<String, String> attributes, Element... children) {
        return new Element(name, attributes, "", List.of(children));
    }

    private static Element adapters(Element... entries) {
        return element("adapters", Map.of(), entries);
    }

    @Test
    void anEntryIsNamedByItsElementAndItsChildrenAreItsOptions() {
        Element entry = element("static", Map.of(), text("fallback", "200.html"), text("strict", ""));
        assertThat(AdapterEntry.read(adapters(entry)))
                .containsExactly(new AdapterEntry("static", "static", Map.of("fallback", "200.html", "strict", "")));
    }

    @Test
    void childrenNest() {
        Element limits = element("limits", Map.of(), text("memory", "1"), text("cpu", "2"));
        assertThat(AdapterEntry.read(adapters(element("jvm", Map.of(), limits)))
                        .get(0)
                        .options())
                .isEqualTo(Map.of("limits", Map.of("memory", "1", "cpu", "2")));
    }

    @Test
    void anOptionThatIsRepeatedIsAList() {
        Element entry = element("jvm", Map.of(), text("flag", "a"), text("name", "n"), text("flag", "b"));
        assertThat(AdapterEntry.read(adapters(entry)).get(0).options())
                .isEqualTo(Map.of("flag", List.of("a", "b"), "name", "n"));
    }

    @Test
    void anAdapterMayBeConfiguredTwiceWithDifferentIds() {
        Element docs = element("static", Map.of("id", "docs"));
        assertThat(AdapterEntry.read(adapters(text("static", ""), docs)))
                .extracting(AdapterEntry::name, AdapterEntry::id)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("static", "static"),
                        org.assertj.core.groups.Tuple.tuple("static", "docs"));
    }

    @Test
    void twoEntriesWithOneIdAreRejected() {
        assertThatThrownBy(() -> AdapterEntry.read(adapters(text("static", ""), text("static", ""))))
                .isInstanceOf(UserFailure.class)
                .hasMessage("<adapters> has two entries with the id 'static', whose outputs would overwrite each other;"
                        + " give one of them another: <static id=\"other\">");
    }

    @Test
    void anIdThatIsNoFolderNameIsRejected() {
        for (String id : List.of("../up", "a/b", "", ".hidden", "a b")) {
            assertThatThrownBy(() -> AdapterEntry.read(adapters(element("static", Map.of("id", id)))))
                    .isInstanceOf(UserFailure.class)
                    .hasMessageContaining("id \"" + id + "\" of <static> in <adapters> names a folder");
        }
    }

    @Test
    void onlyIdIsAnAttribute() {
        assertThatThrownBy(() -> AdapterEntry.read(adapters(element("static", Map.of("fallback", "x")))))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("only 'id' is an attribute")
                .hasMessageContaining("<fallback>...</fallback>");
    }

    @Test
    void attributesOfMavenAndOfXmlAreLeftAlone() {
        Element entry = element("static", Map.of("combine.children", "append", "xml:space", "preserve"));
        assertThat(AdapterEntry.read(adapters(entry))).hasSize(1);
    }

    @Test
    void textInAnEntryIsRejected() {
        assertThatThrownBy(() -> AdapterEntry.read(adapters(text("static", "200.html"))))
                .isInstanceOf(UserFailure.class)
                .hasMessage("<static>200.html</static> in <adapters>: options are child elements, not text");
    }

    @Test
    void namesOnTheCommandLineAreSeparatedByCommas() {
        assertThat(AdapterEntry.read(text("adapters", "static, jvm")))
                .containsExactly(
                        new AdapterEntry("static", "static", Map.of()), new AdapterEntry("jvm", "jvm", Map.of()));
    }

    @Test
    void aDuplicateNameOnTheCommandLineIsRejected() {
        assertThatThrownBy(() -> AdapterEntry.read(text("adapters", "static,static")))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("two entries with the id 'static'");
    }
}

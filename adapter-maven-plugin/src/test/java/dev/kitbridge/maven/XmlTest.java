package dev.kitbridge.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.adapters.AdapterEntry;
import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class XmlTest {

    private static PlexusConfiguration parse(String xml) {
        try {
            return new XmlPlexusConfiguration(Xpp3DomBuilder.build(new StringReader(xml)));
        } catch (IOException | XmlPullParserException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Reads an element without properties. */
    private static AdapterEntry.Element element(@Nullable PlexusConfiguration xml) {
        return Xml.element(xml, name -> null);
    }

    @Test
    void elementsAreReadWithAttributesTextAndChildren() {
        assertThat(element(parse("<adapters><static id='docs'><fallback> 200.html\n</fallback></static></adapters>")))
                .isEqualTo(new AdapterEntry.Element(
                        "adapters",
                        Map.of(),
                        "",
                        List.of(new AdapterEntry.Element(
                                "static",
                                Map.of("id", "docs"),
                                "",
                                List.of(new AdapterEntry.Element("fallback", Map.of(), "200.html", List.of()))))));
    }

    @Test
    void attributesThatMavenAddsAreIgnored() {
        AdapterEntry.Element element =
                element(parse("<adapters implementation='x' default-value='y'>${adapter.adapters}</adapters>"));
        assertThat(element.attributes()).isEmpty();
        assertThat(element.text()).isEmpty();
        assertThat(element(null).children()).isEmpty();
    }

    @Test
    void aPropertyOfTheCommandLineIsLookedUp() {
        assertThat(Xml.element(
                                parse("<adapters>${adapter.adapters}</adapters>"),
                                Map.of("adapter.adapters", "a,b")::get)
                        .text())
                .isEqualTo("a,b");
    }

    @Test
    void variablesAreElementsInAPom() {
        assertThat(Xml.variables(element(parse("<environmentVariables><A>1</A><B/></environmentVariables>"))))
                .isEqualTo(Map.of("A", "1", "B", ""));
    }

    @Test
    void variablesArePairsOnTheCommandLine() {
        assertThat(Xml.variables(element(parse("<environmentVariables>A=1, B=x=y,C=</environmentVariables>"))))
                .isEqualTo(Map.of("A", "1", "B", "x=y", "C", ""));
        assertThatThrownBy(() -> Xml.variables(element(parse("<environmentVariables>A=1,B</environmentVariables>"))))
                .isInstanceOf(UserFailure.class)
                .hasMessage(
                        "'B' in adapter.environmentVariables is not a variable; expected NAME=value, separated by commas");
    }

    private static @Nullable List<String> commands(String xml) {
        return Xml.commands(element(parse(xml)));
    }

    @Test
    void commandsAreElementsOrOneTextOrNone() {
        assertThat(commands("<beforeBuild><command>a</command><command>b &amp;&amp; c</command></beforeBuild>"))
                .containsExactly("a", "b && c");
        assertThat(commands("<beforeBuild>npm run codegen, now</beforeBuild>")).containsExactly("npm run codegen, now");
        assertThat(commands("<beforeBuild>none</beforeBuild>")).isEmpty();
        assertThat(commands("<beforeBuild/>")).isNull();
        assertThat(commands("<beforeBuild>${adapter.beforeBuild}</beforeBuild>"))
                .isNull();
    }
}

package dev.kitbridge.maven.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Option;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsReaderTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    /** A type with a static {@code valueOf}, as adapters may have. */
    record Port(int number) {

        public static Port valueOf(String text) {
            int number = Integer.parseInt(text.substring(1));
            if (number > 9) throw new IllegalArgumentException("<port> is '" + text + "'; it accepts p0 to p9");
            return new Port(number);
        }
    }

    record Limits(int memory, double cpu, List<String> cores) {}

    record All(
            String text,
            boolean flag,
            Boolean boxed,
            int number,
            long big,
            double real,
            Integer boxedNumber,
            Colour colour,
            Path path,
            List<String> list,
            Set<Colour> set,
            List<Integer> numbers,
            List<Path> paths,
            Map<String, String> map,
            Limits limits,
            List<Limits> several,
            Port port) {}

    record Defaults(
            @Option("What it says") String word,
            @Option(value = "How often", defaultValue = "as often as it likes") Integer times,
            @Option("In which colours") Set<Colour> colours,
            @Option("Where") Path place,
            boolean plain,
            double share,
            Map<String, String> headers,
            Limits limits,
            Port port,
            Colour colour) {

        Defaults {
            if (word == null) word = "hello";
            if (colours == null) colours = EnumSet.of(Colour.RED, Colour.DARK_BLUE);
            if (word.equals("forbidden")) throw new IllegalArgumentException("<word> may not be 'forbidden'");
        }
    }

    record Carried(Set<TargetPlatform> platforms, JavaScriptRuntime runtime) {}

    @Test
    void platformsAndRuntimesAreOptions() {
        AdapterEntry given =
                new AdapterEntry("jvm", "jvm", Map.of("platforms", "linux-x64, win-x64", "runtime", "bun"));
        assertThat(OptionsReader.read(given, Carried.class))
                .isEqualTo(new Carried(
                        Set.of(new TargetPlatform("linux", "x64"), new TargetPlatform("win", "x64")),
                        JavaScriptRuntime.BUN));
        assertThatThrownBy(() ->
                        OptionsReader.read(new AdapterEntry("jvm", "jvm", Map.of("platforms", "linux")), Carried.class))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("<jvm>: 'linux' is not a platform; expected");
    }

    record Strict(@Option("Must be given") String name) {
        Strict {
            if (name == null) throw new IllegalArgumentException("<name> is missing");
        }
    }

    record Nothing() {}

    private static <O extends Record> O read(Class<O> type, Object... namesAndValues) {
        Map<String, Object> options = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            options.put((String) namesAndValues[i], namesAndValues[i + 1]);
        return OptionsReader.read(new AdapterEntry("test", "test", options), type);
    }

    private static void assertRefused(String message, Class<? extends Record> type, Object... namesAndValues) {
        assertThatThrownBy(() -> read(type, namesAndValues))
                .isInstanceOf(UserFailure.class)
                .hasMessage(message);
    }

    @Test
    void plainValuesAreReadFromText() {
        All all = read(
                All.class,
                "text",
                "some words",
                "flag",
                "true",
                "boxed",
                "false",
                "number",
                "8080",
                "big",
                "9000000000",
                "real",
                "0.5",
                "boxedNumber",
                "-3",
                "path",
                "target/my site",
                "port",
                "p7");
        assertThat(all.text()).isEqualTo("some words");
        assertThat(all.flag()).isTrue();
        assertThat(all.boxed()).isFalse();
        assertThat(all.number()).isEqualTo(8080);
        assertThat(all.big()).isEqualTo(9_000_000_000L);
        assertThat(all.real()).isEqualTo(0.5);
        assertThat(all.boxedNumber()).isEqualTo(-3);
        assertThat(all.path()).isEqualTo(Path.of("target/my site"));
        assertThat(all.port()).isEqualTo(new Port(7));
    }

    @Test
    void constantsAreReadInAnyCase() {
        for (String text : List.of("DARK_BLUE", "dark_blue", "Dark_Blue")) {
            assertThat(read(All.class, "colour", text).colour()).isEqualTo(Colour.DARK_BLUE);
        }
    }

    @Test
    void missingOptionsAreNullZeroOrFalse() {
        All all = read(All.class);
        assertThat(all.text()).isNull();
        assertThat(all.flag()).isFalse();
        assertThat(all.boxed()).isNull();
        assertThat(all.number()).isZero();
        assertThat(all.list()).isNull();
        assertThat(all.map()).isNull();
        assertThat(all.limits()).isNull();
    }

    @Test
    void listsAreReadFromOneTextWithCommas() {
        All all = read(All.class, "list", "a, b ,c", "set", "red,RED,dark_blue", "numbers", "1,2", "paths", "x/y,z");
        assertThat(all.list()).containsExactly("a", "b", "c");
        assertThat(all.set()).containsExactlyInAnyOrder(Colour.RED, Colour.DARK_BLUE);
        assertThat(all.numbers()).containsExactly(1, 2);
        assertThat(all.paths()).containsExactly(Path.of("x/y"), Path.of("z"));
        assertThat(read(All.class, "list", "  ").list()).isEmpty();
    }

    @Test
    void listsAreReadFromChildElementsOfAnyName() {
        assertThat(read(All.class, "list", Map.of("item", List.of("a,b", "c"))).list())
                .containsExactly("a,b", "c");
        assertThat(read(All.class, "list", Map.of("item", "only")).list()).containsExactly("only");
        assertThat(read(All.class, "several", Map.of("limits", Map.of("memory", "1")))
                        .several())
                .containsExactly(new Limits(1, 0, null));
    }

    @Test
    void listsAreReadFromAnOptionThatIsRepeated() {
        assertThat(read(All.class, "numbers", List.of("3", "4")).numbers()).containsExactly(3, 4);
        assertThat(read(All.class, "set", List.of("red", "dark_blue")).set())
                .containsExactlyInAnyOrder(Colour.values());
    }

    @Test
    void mapsAndRecordsAreReadFromChildElements() {
        All all = read(
                All.class,
                "map",
                Map.of("x-frame-options", "DENY", "cache", "no"),
                "limits",
                Map.of("memory", "512", "cpu", "1.5", "cores", List.of("a", "b")));
        assertThat(all.map()).isEqualTo(Map.of("x-frame-options", "DENY", "cache", "no"));
        assertThat(all.limits()).isEqualTo(new Limits(512, 1.5, List.of("a", "b")));
    }

    @Test
    void anUnknownOptionIsNamedWithTheClosestOne() {
        assertRefused(
                "<test> has no option <plian>; did you mean 'plain'? It accepts <word>, <times>, <colours>, <place>,"
                        + " <plain>, <share>, <headers>, <limits>, <port>, <colour>",
                Defaults.class,
                "plian",
                "true");
        assertRefused("<test> has no option <anything>. It accepts no options", Nothing.class, "anything", "x");
    }

    @Test
    void aWrongValueIsNamedWithWhatIsAccepted() {
        assertRefused("<flag> of <test> is 'yes'; it accepts true or false", All.class, "flag", "yes");
        assertRefused("<number> of <test> is 'many'; it accepts a whole number", All.class, "number", "many");
        assertRefused("<number> of <test> is '1.5'; it accepts a whole number", All.class, "number", "1.5");
        assertRefused("<real> of <test> is 'half'; it accepts a number", All.class, "real", "half");
        assertRefused("<colour> of <test> is 'green'; it accepts red, dark_blue", All.class, "colour", "green");
        assertRefused(
                "<set> of <test> is 'red,green'; it accepts a list (red, dark_blue)", All.class, "set", "red,green");
        assertRefused("<numbers> of <test> is 'one'; it accepts a list (a whole number)", All.class, "numbers", "one");
        assertRefused(
                "<limits> of <test> is 'big'; it accepts child elements <memory>, <cpu>, <cores>",
                All.class,
                "limits",
                "big");
        assertRefused("<map> of <test> is 'a=b'; it accepts child elements by name", All.class, "map", "a=b");
        assertRefused("<text> of <test> is '{a=b}'; it accepts a text", All.class, "text", Map.of("a", "b"));
    }

    @Test
    void aConstantIsNotGivenByItsPosition() {
        assertRefused("<colour> of <test> is '1'; it accepts red, dark_blue", All.class, "colour", "1");
    }

    @Test
    void theErrorOfARecordOrAValueOfMethodIsReportedUnchanged() {
        assertRefused("<test>: <word> may not be 'forbidden'", Defaults.class, "word", "forbidden");
        assertRefused("<test>: <port> is 'p12'; it accepts p0 to p9", All.class, "port", "p12");
        assertRefused("<test>: <name> is missing", Strict.class);
    }

    @Test
    void optionsAreDescribedWithTypesAndDefaults() {
        assertThat(OptionsReader.describe(Defaults.class))
                .extracting(
                        OptionsReader.Described::name,
                        OptionsReader.Described::type,
                        OptionsReader.Described::defaultValue,
                        OptionsReader.Described::description)
                .containsExactly(
                        row("word", "a text", "hello", "What it says"),
                        row("times", "a whole number", "as often as it likes", "How often"),
                        row("colours", "a list (red, dark_blue)", "red,dark_blue", "In which colours"),
                        row("place", "a path", "", "Where"),
                        row("plain", "true or false", "false", ""),
                        row("share", "a number", "0.0", ""),
                        row("headers", "child elements by name", "", ""),
                        row("limits", "child elements <memory>, <cpu>, <cores>", "", ""),
                        row("port", "a text", "", ""),
                        row("colour", "red, dark_blue", "", ""));
    }

    private static org.assertj.core.groups.Tuple row(String... values) {
        return org.assertj.core.groups.Tuple.tuple((Object[]) values);
    }

    @Test
    void optionsAreDescribedEvenIfOneIsRequired() {
        assertThat(OptionsReader.describe(Strict.class))
                .containsExactly(new OptionsReader.Described("name", "a text", "", "Must be given"));
    }

    @Test
    void everyOptionIsDescribed() {
        assertThat(OptionsReader.describe(All.class))
                .extracting(OptionsReader.Described::name)
                .containsExactlyElementsOf(Arrays.stream(All.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
    }
}

package dev.kitbridge.maven.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.types.sample.Harbour;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeWriterTest {

    private static final Map<String, Class<?>> SERVICES = Map.of("harbour", Harbour.class);

    private static String write(List<Path> sources) {
        return new TypeWriter(new JavaSources(sources), false).write(SERVICES);
    }

    private final String text = write(List.of(Path.of("src/test/java")));

    @Test
    void servicesAreMembersOfThePlatform() {
        assertThat(text).startsWith(TypeWriter.HEADER + "\n\ndeclare global {\n\tnamespace App {\n");
        assertThat(text).contains("\t\t\tservices: {\n\t\t\t\tharbour: Harbour;\n\t\t\t};\n");
    }

    @Test
    void methodsReturnPromisesAndStreams() {
        assertThat(text)
                .contains("\tberths(ship: string, length: number): Promise<Berth[]>;\n")
                .contains("\tberth(number: number | bigint): Promise<Berth | null>;\n")
                .contains("\tpage(number: number): Promise<Page<Berth>>;\n")
                .contains("\tall(): ServiceStream<Berth>;\n")
                .contains("\ttides(): ServiceStream<Date>;\n")
                .contains("\tclose(kinds: Kind[], seal: Uint8Array | ArrayBuffer): Promise<void>;\n")
                .contains("\twhatever(any: unknown): Promise<unknown>;\n")
                .endsWith("export type ServiceStream<T> = Promise<AsyncIterable<T>> & AsyncIterable<T>;\n");
    }

    @Test
    void thePageCacheIsAMemberAndTheTypeOfARoutesConfig() {
        assertThat(text)
                .contains("\t\t\tcache: {\n")
                .contains("\t\t\t\ttag(...tags: string[]): void;\n")
                .contains("Promise<{ unreached: string[] }>;\n")
                .contains("\nexport interface RouteConfig {\n")
                .contains(
                        "\tisr?: false | { expiration: number | false; allowQuery?: string[]; bypassToken?: string };\n");
    }

    @Test
    void aNullableTypeIncludesNull() {
        assertThat(text)
                .contains("\tpilot(when: Date | string, number: bigint | number | null): Promise<string | null>;\n")
                .contains(
                        "\tdepths(counts: Partial<Record<Kind, number>>): Promise<Record<string, (number | null)[]>>;\n")
                .contains("\tkind: Kind | null;\n")
                .contains("\tfree: string | null;\n")
                .contains("\ttug: Ship | null;\n");
    }

    @Test
    void valuesHaveThePartsThatJacksonWrites() {
        assertThat(text)
                .contains(
                        """
                        /** A place for one ship. */
                        export interface Berth {
                        	number: number;
                        	kind: Kind | null;
                        	price: number;
                        	free: string | null;
                        	tonnage: bigint;
                        	'deep-water': boolean;
                        }
                        """)
                .contains(
                        """
                        /** No record. */
                        export interface Ship {
                        	afloat: boolean;
                        	/** The name of the ship. */
                        	name: string;
                        	tug: Ship | null;
                        }
                        """)
                .contains("export type Cargo = Bulk | Boxes;\n");
    }

    @Test
    void aReservedNameIsNotUsed() {
        assertThat(text).contains("/** A value that is a text. */\nexport type HarbourDate = string;\n");
    }

    @Test
    void enumsAreTheTextsThatJacksonWrites() {
        assertThat(text).contains("/** The use of a berth. */\nexport type Kind = 'T!' | 'leisure';\n");
        assertThat(Jackson.MAPPER.writeValueAsString(Harbour.Kind.values())).isEqualTo("[\"T!\",\"leisure\"]");
    }

    @Test
    void commentsAreCopied() {
        assertThat(text)
                .contains(
                        """
                        /**
                         * The harbour's books.
                         *
                         * See `Berth.number`, or say `berths()`.
                         */
                        export interface Harbour {
                        """)
                .contains(
                        "\t/**\n\t * Berths for a ship.\n\t *\n\t * @param ship its name\n\t * @param length in metres\n"
                                + "\t * @returns those that are `long` enough\n\t */\n\tberths(ship: string, length: number)")
                .contains(
                        """
                        /** A part of a list. */
                        export interface Page<T> {
                        	/** its elements */
                        	items: T[];
                        	/** number of the next one */
                        	next: number | null;
                        }
                        """);
    }

    @Test
    void typesAreWrittenWithoutSources() {
        assertThat(write(List.of(Path.of("nowhere"))))
                .contains(": number | bigint): Promise<Berth | null>;\n")
                .doesNotContain("A place for one ship");
    }

    @Test
    void theTextIsTheSameEachTime() {
        assertThat(write(List.of(Path.of("src/test/java")))).isEqualTo(text);
    }

    @Test
    void springSecurityAddsMembers() {
        String text = new TypeWriter(new JavaSources(List.of()), true).write(SERVICES);
        assertThat(text)
                .contains("\t\t\tprincipal: { name: string; authorities: string[] } | null;\n")
                .contains("\t\t\tcsrf: { headerName: string; parameterName: string; token: string };\n");
    }
}

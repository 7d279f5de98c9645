package dev.kitbridge.maven.types.sample;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The harbour's books.
 *
 * <p>See {@link Berth#number}, or say {@code berths()}.
 */
public interface Harbour {

    /**
     * Berths for a ship.
     *
     * @param ship its name
     * @param length in metres
     * @return those that are {@code long} enough
     */
    List<Berth> berths(String ship, int length);

    Optional<Berth> berth(long number);

    @Nullable
    String pilot(Instant when, @Nullable BigInteger number);

    CompletionStage<Page<Berth>> page(int number);

    Stream<Berth> all();

    Flow.Publisher<Instant> tides();

    void close(Set<Kind> kinds, byte[] seal);

    Map<String, List<@Nullable Double>> depths(Map<Kind, Integer> counts);

    Cargo cargo(Ship ship);

    <T> T whatever(T any);

    /** A place for one ship. */
    record Berth(
            long number,
            @Nullable Kind kind,
            BigDecimal price,
            Optional<LocalDate> free,
            BigInteger tonnage,
            @JsonProperty("deep-water") boolean deep,
            @JsonIgnore String secret) {}

    /**
     * A part of a list.
     *
     * @param items its elements
     * @param next number of the next one
     */
    record Page<T>(List<T> items, @Nullable Integer next) {}

    /** The use of a berth. */
    enum Kind {
        TRADE,
        @JsonProperty("leisure")
        LEISURE;

        @Override
        public String toString() {
            return name().charAt(0) + "!";
        }
    }

    sealed interface Cargo permits Bulk, Boxes {}

    record Bulk(double tonnes) implements Cargo {}

    record Boxes(int count, Date due) implements Cargo {}

    /** A value that is a text. */
    record Date(int day) {
        @JsonValue
        public String text() {
            return "day " + day;
        }
    }

    /** No record. */
    class Ship {
        private final String name = "";

        /** The name of the ship. */
        public String getName() {
            return name;
        }

        public boolean isAfloat() {
            return true;
        }

        public @Nullable Ship getTug() {
            return null;
        }

        public String secret() {
            return name;
        }
    }
}

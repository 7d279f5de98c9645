package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectivesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "max-age=60 | 60",
                "MAX-AGE=60 | 60",
                "public, max-age=60 , s-maxage=5 | 60",
                "max-age=\"60\" | 60",
                "max-age=0 | 0",
                "max-age=007 | 7",
                "max-age=99999999999999999999 | 2147483648",
                "max-age=4294967296 | 2147483648",
                "a=\"b, max-age=1\", max-age=60 | 60",
                "a=\"b\\\", max-age=1\", max-age=60 | 60",
                "max-age=60, max-age=60 | 60",
                "max-age=60, max-age=10 | 0",
                "max-age=10, max-age=60 | 0",
                "max-age=-1 | 0",
                "max-age=1.5 | 0",
                "max-age=0x10 | 0",
                "max-age=ten | 0",
                "max-age | 0",
                "max-age= | 0",
                "max-age =60 | 0",
                "max-age= 60 | 0",
                "max-age=6 0 | 0",
                "max-age='60' | 0",
                "max-age=\u0661 | 0",
                "x-max-age=60 | -1",
                "max-age-x=60 | -1",
                "unknown, other=\"max-age=60\" | -1",
                ",,, | -1",
            })
    void ages(String field, long seconds) {
        assertThat(Directives.of(field).seconds("max-age")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "no-store | true",
                "No-Store | true",
                "max-age=1,no-store,public | true",
                "no-store=x | true",
                "a=\"b\", no-store | true",
                "a=\"b, no-store\" | false",
                "a=\"b, no-store | true",
                "a=\"b, private | true",
                "xno-store | false",
                "no-storex | false",
            })
    void names(String field, boolean found) {
        assertThat(Directives.of(field).has("no-store")).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "max-age=60 | 60",
                "max-age=60;x=1, private=?0 | 60",
                "max-age=10, max-age=60 | 60",
                "a=(1 \"x\" y);z, max-age=60 | 60",
                "a=:YQ==:, b=?1, c=1.5, d=@1, e=*t, max-age=60 | 60",
                "max-age=\"60\" | 0",
                "max-age=sixty | 0",
                "max-age=1.5 | 0",
                "max-age=-1 | 0",
                "max-age | 0",
                "private | -1",
            })
    void targetedFields(String field, long seconds) {
        Directives directives = Directives.targeted(field);
        assertThat(directives).isNotNull();
        assertThat(directives.seconds("max-age")).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "MAX-AGE=60",
                "max-age=60,",
                "max-age = 60",
                "max-age=60 private",
                "max-age=",
                "max-age=\"60",
                "max-age=60;",
                "a=(1",
                ",max-age=60",
                "max-age=\u00e4",
            })
    void aFieldThatIsNoDictionaryIsIgnored(String field) {
        assertThat(Directives.targeted(field)).isNull();
    }

    @Test
    void anEmptyFieldIsIgnored() {
        assertThat(Directives.targeted(null)).isNull();
        assertThat(Directives.targeted("")).isNull();
        assertThat(Directives.of(null)).isEqualTo(Directives.NONE);
    }
}

package dev.kitbridge.server.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "bytes=0-0, 0+1",
                "bytes=0-99, 0+100",
                "bytes=0-, 0+100",
                "bytes=10-19, 10+10",
                "bytes=90-200, 90+10",
                "bytes=90-99999999999999999999999, 90+10",
                "bytes=-10, 90+10",
                "bytes=-1000, 0+100",
                "bytes=-99999999999999999999999, 0+100",
                "bytes=100-, unsatisfiable",
                "bytes=100-200, unsatisfiable",
                "bytes=99999999999999999999999-, unsatisfiable",
                "bytes=-0, unsatisfiable",
                "none, whole",
                "'', whole",
                "bytes=-, whole",
                "bytes=a-b, whole",
                "'bytes=0-1,3-4', whole",
                "items=0-1, whole",
                "'bytes= 0-1', whole",
                "bytes=20-10, whole",
            })
    void of100Bytes(String header, String expected) {
        ByteRange range = ByteRange.of(header, 100);
        String found =
                range == null ? "whole" : range.satisfiable() ? range.start() + "+" + range.length() : "unsatisfiable";
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-", "bytes=0-0", "bytes=-1"})
    void nothingOfAnEmptyFile(String header) {
        ByteRange range = ByteRange.of(header, 0);
        assertThat(range).isNotNull().returns(false, ByteRange::satisfiable);
    }
}

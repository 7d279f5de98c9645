package dev.kitbridge.standalone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    /** The table has the names and defaults of {@code --help}. */
    @Test
    void everyVariableStandsInTheTable() throws IOException {
        String text = Files.readString(Path.of("../docs/adapter-jvm.md"));
        String table = text.substring(text.indexOf("\n## Environment"), text.indexOf("\n## Behind a proxy"));
        for (Variable variable : Variable.values()) {
            Matcher row = Pattern.compile("(?m)^\\| [^|]*`" + variable + "`[^|]*\\| ([^|]*)\\|")
                    .matcher(table);
            assertThat(row.find()).as("a row for %s", variable).isTrue();
            assertThat(row.group(1).replace("`", "").strip())
                    .as("default of %s", variable)
                    .isEqualTo(variable.otherwise());
        }
    }
}

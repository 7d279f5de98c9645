package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceTest {

    @TempDir
    Path root;

    private boolean lists(String file, String text, String folder) throws IOException {
        Files.writeString(root.resolve(file), text);
        return Workspace.of(root).lists(root.resolve(folder));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apps/*              | apps/web      | true",
                "apps/*              | apps/web/demo | false",
                "apps/*              | packages/web  | false",
                "./apps/*/           | apps/web      | true",
                "apps/web            | apps/web      | true",
                "apps/**             | apps/web/demo | true",
                "**/web              | web           | true",
                "**/web              | apps/web      | true",
                "{apps,packages}/*   | packages/web  | true",
                "apps/* !apps/legacy | apps/legacy   | false",
                "apps/* !apps/legacy | apps/web      | true",
                "!apps/web apps/*    | apps/web      | true",
                "apps/[              | apps/web      | false",
                "''                  | apps/web      | false"
            })
    void npmsWorkspacesAreGlobsOfWhichTheLastCounts(String patterns, String folder, boolean listed) throws IOException {
        String array = "[\"" + patterns.replace(" ", "\",\"") + "\"]";
        assertThat(lists("package.json", "{\"workspaces\":" + array + "}", folder))
                .isEqualTo(listed);
        assertThat(lists("package.json", "{\"workspaces\":{\"packages\":" + array + "}}", folder))
                .isEqualTo(listed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "packages:;- 'apps/*';                                                      | true",
                "packages:;  - \"apps/*\";                                                 | true",
                "packages:;  # first;;  - libs/*;  - apps/* # of the harbour;catalog:;  a: 1 | true",
                "# of the harbour;packages: # all;  - apps/*                                | true",
                "packages: ['libs/*', 'apps/*'];                                            | true",
                "packages: [libs/*, apps/*];                                                | true",
                "packages:;  - '!apps/web';  - apps/*;                                      | false",
                "packages:;  - libs/*;catalog:;  - apps/*;                                  | false",
                "onlyBuiltDependencies:;  - apps/*;                                         | false",
                "packages: [];                                                              | false"
            })
    void pnpmsFileIsReadAndItsExclusionsAlwaysCount(String yaml, boolean listed) throws IOException {
        String text = yaml.replace(';', '\n');
        assertThat(lists("pnpm-workspace.yaml", text, "apps/web")).as(text).isEqualTo(listed);
    }

    @Test
    void aFolderListsItself() throws IOException {
        assertThat(Workspace.of(root).lists(root)).isTrue();
    }
}

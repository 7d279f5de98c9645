package dev.kitbridge.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static final Parameters PARAMETERS = new Parameters(Map.of(
            "adapt",
            Map.of("nodeVersion", "adapter.nodeVersion", "adapters", "adapter.adapters", "mode", "adapter.mode"),
            "dev",
            Map.of("nodeVersion", "adapter.nodeVersion", "port", "adapter.port", "mode", "adapter.mode"),
            "emulate",
            Map.of("port", "adapter.port", "check", "adapter.check")));

    private static void assertUnknown(String element, String message) {
        assertThatThrownBy(() -> PARAMETERS.check(List.of("mode", element), "the plugin's <configuration>", name -> ""))
                .isInstanceOf(UserFailure.class)
                .hasMessage("<" + element + "> in the plugin's <configuration> is no parameter of adapter-maven-plugin"
                        + message);
    }

    @Test
    void anUnknownElementIsReportedWithTheClosestName() {
        assertUnknown("nodeVersoin", "; did you mean <nodeVersion>?");
        assertUnknown("NodeVersion", "; did you mean <nodeVersion>?");
        assertUnknown("adapter", "; did you mean <adapters>?");
        assertUnknown("balloon", ". Parameters are <adapters>, <check>, <mode>, <nodeVersion>, <port>");
    }

    @Test
    void parametersOfAllGoalsMayStandInThePluginsConfiguration() {
        assertThatCode(() -> PARAMETERS.check(List.of("mode", "port", "adapters"), "", name -> ""))
                .doesNotThrowAnyException();
    }

    @Test
    void anAdapterOutsideOfAdaptersHasItsOwnAdvice() {
        assertThatThrownBy(() -> PARAMETERS.check(List.of("static"), "here", name -> "; put <" + name + "> elsewhere"))
                .hasMessage("<static> in here is no parameter of adapter-maven-plugin; put <static> elsewhere");
    }

    @Test
    void aParameterOfAnotherGoalIsReported() {
        assertThat(PARAMETERS.misplaced(List.of("port", "mode"), "site", List.of("adapt")))
                .containsExactly("<port> in execution 'site' has no effect: it is a parameter of adapter:dev,"
                        + " adapter:emulate, and the execution runs adapter:adapt");
        assertThat(PARAMETERS.misplaced(List.of("port"), "site", List.of("adapt", "emulate")))
                .isEmpty();
        // an execution that configures a goal of the command line only
        assertThat(PARAMETERS.misplaced(List.of("port"), "default-cli", List.of()))
                .isEmpty();
    }

    @Test
    void aMistypedPropertyIsReportedWithTheClosestName() {
        assertThatThrownBy(() -> PARAMETERS.checkProperties(List.of("adapter.chek"), List.of()))
                .isInstanceOf(UserFailure.class)
                .hasMessage("-Dadapter.chek is no property of adapter-maven-plugin; did you mean -Dadapter.check?");
    }

    @Test
    void aPropertyThatResemblesNoneIsOnlyAWarning() {
        assertThat(PARAMETERS.checkProperties(List.of("adapter.frequency", "skipTests", "adapter.mode"), List.of()))
                .containsExactly("-Dadapter.frequency is no property of adapter-maven-plugin and has no effect on it");
        assertThat(PARAMETERS.checkProperties(List.of("adapter.chek"), List.of("adapter.chek")))
                .isEmpty();
    }

    @Test
    void aPropertyOfAGoalThatDoesNotRunIsReported() {
        assertThat(PARAMETERS.misplacedProperties(List.of("adapter.check", "adapter.port"), List.of("dev")))
                .containsExactly("-Dadapter.check has no effect: it belongs to adapter:emulate, and the command line"
                        + " has adapter:dev");
    }
}

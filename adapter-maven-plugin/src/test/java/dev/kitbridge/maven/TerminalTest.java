package dev.kitbridge.maven;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final MavenExecutionRequest request = new DefaultMavenExecutionRequest();

    // no other constructor is available to tests
    @SuppressWarnings("deprecation")
    private boolean hasColours() {
        return Terminal.hasColours(
                new MavenSession(null, (RepositorySystemSession) null, request, new DefaultMavenExecutionResult()));
    }

    @Test
    void theUsersSettingWins() {
        request.setInteractiveMode(false);
        request.getUserProperties().setProperty("style.color", "always");
        assertThat(hasColours()).isTrue();
        request.setInteractiveMode(true);
        request.getUserProperties().setProperty("style.color", "never");
        assertThat(hasColours()).isFalse();
    }

    @Test
    void batchModeHasNoColours() {
        request.setInteractiveMode(false);
        assertThat(hasColours()).isFalse();
    }
}

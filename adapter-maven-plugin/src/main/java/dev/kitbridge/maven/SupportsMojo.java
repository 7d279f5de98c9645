package dev.kitbridge.maven;

import dev.kitbridge.maven.goal.AppBuild;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Prints a table of route, feature and adapter: which adapter supports the features that the app uses. Fails if an
 * adapter refuses one. Builds the app if necessary, and writes no adapter's output.
 */
@Mojo(name = "supports", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class SupportsMojo extends BuildMojo {

    @Override
    void run() throws IOException {
        new AppBuild(request()).checkSupport();
    }
}

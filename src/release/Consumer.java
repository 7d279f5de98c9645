import dev.kitbridge.it.RunningJar;
import dev.kitbridge.it.Scaffold;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Uses a deployed Kitbridge as a new user does: depends on each artifact without a version, creates the scaffolding tool's app,
 * adds README's POM block and the BOM, builds it and starts the jar. Run by {@code src/release/test}.
 */
final class Consumer {

    private static final Pattern XML_BLOCK = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

    private final Path work;
    private final Path maven;
    private final Path sources;
    private final String version;
    private final Path app;

    private Consumer(Path work, Path maven, Path sources, String version) {
        this.work = work;
        this.maven = maven;
        this.sources = sources;
        this.version = version;
        this.app = work.resolve("apps").resolve(maven.getFileName());
    }

    /**
     * Fails with an exception if an artifact cannot be resolved, or the app cannot be built or served.
     *
     * @param args the folder to work in, the home of the Maven to use, the root of Kitbridge's sources, its
     *     version
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Consumer consumer = new Consumer(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), args[3]);
        consumer.dependOnAll();
        consumer.createApp();
        consumer.build();
        consumer.serve();
    }

    private void createApp() throws IOException, InterruptedException {
        Files.createDirectories(app);
        Scaffold.demo(app);
        Files.copy(
                sources.resolve("src/it/projects/scaffolded/kit2/package-lock.json"), app.resolve("package-lock.json"));
        Files.writeString(app.resolve("pom.xml"), pom(dependency("kitbridge-platform"), readmeBlock()));
    }

    private void dependOnAll() throws IOException, InterruptedException {
        Path project = Files.createDirectories(work.resolve("apps").resolve("all-" + maven.getFileName()));
        try (Stream<Path> artifacts = Files.list(work.resolve("repository/dev/kitbridge"))) {
            String dependencies = artifacts
                    .filter(artifact -> Files.exists(
                            artifact.resolve(version).resolve(artifact.getFileName() + "-" + version + ".jar")))
                    .map(artifact -> dependency(artifact.getFileName().toString()))
                    .sorted()
                    .collect(Collectors.joining());
            Files.writeString(project.resolve("pom.xml"), pom(dependencies, ""));
        }
        // the first phase that resolves dependencies of all scopes
        maven(project, "test-compile");
    }

    private static String dependency(String artifactId) {
        return """
                    <dependency>
                      <groupId>dev.kitbridge</groupId>
                      <artifactId>%s</artifactId>
                    </dependency>
                """.formatted(artifactId);
    }

    private String pom(String dependencies, String plugins) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>app</artifactId>
                  <version>1.0</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencyManagement>
                    <dependencies>
                      <dependency>
                        <groupId>dev.kitbridge</groupId>
                        <artifactId>kitbridge-bom</artifactId>
                        <version>%s</version>
                        <type>pom</type>
                        <scope>import</scope>
                      </dependency>
                    </dependencies>
                  </dependencyManagement>
                  <dependencies>
                %s
                  </dependencies>
                  <build>
                    <plugins>
                %s
                    </plugins>
                  </build>
                </project>
                """
                .formatted(version, dependencies, plugins);
    }

    private String readmeBlock() throws IOException {
        Matcher blocks = XML_BLOCK.matcher(Files.readString(sources.resolve("README.md")));
        return blocks.results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("<artifactId>adapter-maven-plugin</artifactId>"))
                .findFirst()
                .orElseThrow(() -> new IOException("README.md has no XML block with adapter-maven-plugin"));
    }

    private void build() throws IOException, InterruptedException {
        maven(app, "package");
    }

    private void maven(Path project, String phase) throws IOException, InterruptedException {
        Path log = work.resolve("apps").resolve(project.getFileName() + ".log");
        int code = new ProcessBuilder(
                        maven.resolve("bin/mvn").toString(),
                        "-B",
                        "-ntp",
                        "-s",
                        sources.resolve("src/release/settings.xml").toString(),
                        "-Drelease.work=" + work,
                        "-Dmaven.repo.local=" + work.resolve("local-repository"),
                        phase)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) throw new IOException("Maven failed with exit code " + code + "; see " + log);
    }

    private void serve() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        try (RunningJar jar = RunningJar.start(
                app.resolve("target/app-1.0-app.jar"), "", Map.of("PORT", "0", "HOST", "127.0.0.1"))) {
            String origin = "http://127.0.0.1:" + jar.port();
            for (String path : List.of("/", "/about", "/sverdle")) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(origin + path)).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200 || !answer.body().contains("</html>")) {
                    throw new IOException("GET " + path + " returned " + answer.statusCode() + ":\n" + answer.body()
                            + "\n" + jar.output());
                }
            }
        }
    }
}

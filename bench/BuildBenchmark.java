import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares building the storefront with Kitbridge and with the official static adapter: java bench/BuildBenchmark.java
 * [runs]. Needs an installed Kitbridge (./demo installs it). Both build the same copy alternately, with the same Node. The official
 * build is timed as a process; Maven from the goal's first line of output to its exit, unless the row says otherwise. Tests are
 * skipped.
 */
class BuildBenchmark {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path APP = ROOT.resolve("bench/target/build/storefront");
    private static final Path NODE_HOME = Path.of(System.getProperty("user.home"), ".cache", "kitbridge", "node");

    public static void main(String[] arguments) throws Exception {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        prepare();

        double[] official = new double[runs];
        double[] ours = new double[runs];
        double[] again = new double[runs];
        double[] officialCompressed = new double[runs];
        double[] oursCompressed = new double[runs];
        double[] officialCompression = new double[runs];
        double[] oursCompression = new double[runs];
        double[] officialChanged = new double[runs];
        double[] oursChanged = new double[runs];
        double[] mavenChanged = new double[runs];
        double[] mavenAlone = new double[runs];
        for (int i = -1; i < runs; i++) {
            config("fallback: '200.html'");
            double a = vite();
            double b = maven(true, "");
            double c = maven(false, "");
            config("fallback: '200.html', precompress: true");
            double d = vite();
            double e = maven(true, "<precompress>gzip,brotli</precompress>");
            double g = find(last, "with gzip,brotli in (\\d+) ms");
            vite();
            double f = find(last, "KIT_COMPRESS (\\d+)");
            config("fallback: '200.html'");
            pom(text -> text);
            if (i < 0) goal();
            changeComponent(i);
            double h = vite();
            long start = System.nanoTime();
            double k = goal();
            double l = (System.nanoTime() - start) / 1e6;
            if (i < 0) continue; // warm-up
            official[i] = a;
            ours[i] = b;
            again[i] = c;
            officialCompressed[i] = d;
            oursCompressed[i] = e;
            officialCompression[i] = f;
            oursCompression[i] = g;
            officialChanged[i] = h;
            oursChanged[i] = k;
            mavenChanged[i] = l;
            mavenAlone[i] = l - k;
        }
        System.out.println("| storefront, median of " + runs + " interleaved runs | official static adapter | Kitbridge | ratio |");
        System.out.println("|---|---|---|---|");
        row("build", official, ours);
        row("build with gzip and Brotli variants, none cached", officialCompressed, oursCompressed);
        row("compression alone, none cached", officialCompression, oursCompression);
        row("one component changed, `static` and `jvm`: the goal", officialChanged, oursChanged);
        row("one component changed, `static` and `jvm`: all of `mvn package`", officialChanged, mavenChanged);
        System.out.printf(Locale.ROOT, "| of that, Maven without the goal | | %.0f ms | |%n", median(mavenAlone));
        System.out.printf(Locale.ROOT, "| second `mvn package`, nothing changed | | %.0f ms | |%n", median(again));
    }

    private static String last = "";

    private static void prepare() throws Exception {
        delete(APP.getParent());
        Path source = ROOT.resolve("examples/storefront");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = source.relativize(file).toString();
                // without the Java services, which the official build does not have
                if (name.matches("(node_modules|\\.svelte-kit|target|build|data|\\.data|src/main/java|src/test/java)[/\\\\].*")) continue;
                Path to = APP.resolve(name);
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        run(APP, List.of("mvn", "-B", "-q", "package"));
        run(APP, List.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--force", "@sveltejs/adapter-static@4.0.1"));
        Files.writeString(APP.resolve("node_modules/.kitbridge-lock"), mark());
    }

    /** Adds a package without changing the lock file; npm has removed the marker of the previous installation. */
    private static String mark() throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                .digest(Files.readAllBytes(APP.resolve("package-lock.json")));
        return java.util.HexFormat.of().formatHex(digest);
    }

    private static void config(String options) throws IOException {
        Files.writeString(
                APP.resolve("vite.config.ts"),
                """
                import adapter from '@sveltejs/adapter-static';
                import { sveltekit } from '@sveltejs/kit/vite';
                import { defineConfig } from 'vite';

                const official = adapter({ pages: 'build', %s });
                const timed = {
                	...official,
                	async adapt(builder) {
                		const compress = builder.compress;
                		builder.compress = async (folder) => {
                			const start = performance.now();
                			const files = await compress(folder);
                			console.log('KIT_COMPRESS ' + Math.round(performance.now() - start));
                			return files;
                		};
                		await official.adapt(builder);
                	}
                };

                export default defineConfig({ plugins: [sveltekit({ adapter: timed })] });
                """
                        .formatted(options));
    }

    private static void changeComponent(int run) throws IOException {
        Path component = APP.resolve("src/routes/(pages)/+page.svelte");
        Files.writeString(component, Files.readString(component) + "\n<!-- " + run + " --><p>Run " + run + "</p>\n");
    }

    private static double vite() throws Exception {
        delete(APP.resolve("build"));
        long start = System.nanoTime();
        run(APP, List.of(node().toString(), "node_modules/vite/bin/vite.js", "build"));
        return (System.nanoTime() - start) / 1e6;
    }

    private static double maven(boolean fresh, String options) throws Exception {
        if (fresh) {
            delete(APP.resolve(".svelte-kit/kitbridge/modules"));
            delete(APP.resolve(".svelte-kit/kitbridge/compress"));
        }
        pom(text -> text.replace("<jvm/>", "").replace("<fallback>", options + "<fallback>"));
        return goal();
    }

    private static void pom(UnaryOperator<String> change) throws IOException {
        String text = Files.readString(ROOT.resolve("examples/storefront/pom.xml"));
        Files.writeString(APP.resolve("pom.xml"), change.apply(text.replace("<goal>types</goal>", "")));
    }

    /** Runs Maven and returns the time from the goal's first line of output to its exit. */
    private static double goal() throws Exception {
        run(APP, List.of("mvn", "-B", "-o", "package", "-DskipTests", "-Dorg.slf4j.simpleLogger.showDateTime=true"));
        return find(last, "(?m)^(\\d+) .*BUILD SUCCESS") - find(last, "(?m)^(\\d+) .*adapter-maven-plugin.*:adapt");
    }

    private static double find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) throw new IllegalStateException("no " + pattern + " in:\n" + text);
        for (int i = 1; i <= matcher.groupCount(); i++) {
            if (matcher.group(i) != null) return Double.parseDouble(matcher.group(i));
        }
        throw new IllegalStateException(pattern);
    }

    private static Path node() throws IOException {
        try (Stream<Path> versions = Files.list(NODE_HOME)) {
            return versions.filter(home -> home.getFileName().toString().startsWith("24."))
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .resolve("node");
        }
    }

    private static void run(Path folder, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // the first build downloads it
        if (Files.isDirectory(NODE_HOME)) builder.environment().merge("PATH", node().getParent() + File.pathSeparator, (old, first) -> first + old);
        Process process = builder.start();
        process.getOutputStream().close();
        last = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IllegalStateException(command + " failed:\n" + last);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.forEach(paths::add);
        }
        for (int i = paths.size() - 1; i >= 0; i--) Files.delete(paths.get(i));
    }

    private static void row(String name, double[] official, double[] ours) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ours.length; i++) ratios[i] = ours[i] / official[i];
        System.out.printf(
                Locale.ROOT, "| %s | %.0f ms | %.0f ms | %.2f |%n", name, median(official), median(ours), median(ratios));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

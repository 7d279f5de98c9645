package dev.kitbridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the scaffolding tool. Used by {@code prebuild.groovy}. */
public final class Scaffold {

    /** What {@code npx sv create} installs today; its apps' packages are pinned by the project's lock files. */
    private static final String TOOL = "sv@0.17.1";

    private Scaffold() {}

    /** Creates the tool's demo app with TypeScript in a folder, as it is: a SvelteKit 2 app. */
    public static void demo(Object folder) throws IOException, InterruptedException {
        Path app = App.path(folder);
        List<String> command = List.of(
                "npm",
                "exec",
                "--yes",
                "--package=" + TOOL,
                "--",
                "sv",
                "create",
                app.toString(),
                "--template",
                "demo",
                "--types",
                "ts",
                "--no-add-ons",
                "--no-install",
                "--no-dir-check");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException("sv create failed: " + output);
    }

    /** Does to a SvelteKit 2 app what SvelteKit 3 asks for, and names the versions to install. */
    public static void upgrade(Object folder) throws IOException {
        Path app = App.path(folder);
        edit(app.resolve("package.json"), "\"@sveltejs/kit\": \"[^\"]+\"", "\"@sveltejs/kit\": \"^3.2.0\"");
        edit(app.resolve("package.json"), "(\"@sveltejs/adapter-auto\"): \"[^\"]+\"", "$1: \"8.0.0-next.3\"");
        edit(app.resolve("package.json"), "(\"svelte\"): \"[^\"]+\"", "$1: \"^5.57.3\"");
        edit(app.resolve("tsconfig.json"), "\\./\\.svelte-kit/tsconfig\\.json", "\\$app/tsconfig");
        edit(app.resolve("vite.config.ts"), "(?=adapter: adapter\\(\\))", "alias: { '\\$lib': 'src/lib' },\n\t\t\t");
    }

    private static void edit(Path file, String pattern, String replacement) throws IOException {
        String before = Files.readString(file);
        String after = before.replaceFirst(pattern, replacement);
        if (after.equals(before)) throw new IOException("nothing in " + file + " matches " + pattern);
        Files.writeString(file, after);
    }
}

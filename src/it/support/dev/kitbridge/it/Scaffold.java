package dev.kitbridge.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the scaffolding tool. Used by {@code prebuild.groovy}. */
public final class Scaffold {

    /** The version of {@code npx sv create}. Lock files of the project pin the packages of its apps. */
    private static final String TOOL = "sv@0.17.1";

    private Scaffold() {}

    /** Creates the tool's unchanged demo app with TypeScript in a folder: a SvelteKit 2 app. */
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

    /** Migrates a SvelteKit 2 app to SvelteKit 3, and sets the versions to install. */
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

package dev.kitbridge.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.maven.project.MavenProject;

/** Warns if a POM changes while a goal serves: the goal has read it at its start. */
final class PomWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 1_000;

    private final Map<Path, String> read = new TreeMap<>();
    private final Consumer<String> output;
    private final Thread thread;

    private PomWatch(List<Path> files, Consumer<String> output) {
        this.output = output;
        for (Path file : files) read.put(file, text(file));
        this.thread = new Thread(this::poll, "kitbridge-watch-pom");
        thread.setDaemon(true);
    }

    /** Watches a module's POM and those of its parents that are files in the project. */
    static PomWatch of(MavenProject project, Consumer<String> output) {
        List<Path> files = new ArrayList<>();
        for (MavenProject at = project; at != null; at = at.getParent()) {
            File file = at.getFile();
            if (file != null && file.getName().endsWith(".xml")) files.add(file.toPath());
        }
        return new PomWatch(files, output);
    }

    void start() {
        thread.start();
    }

    /** Reads the content: a new modification time alone is no change. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // an editor is replacing the file, or it is not UTF-8
            return "";
        }
    }

    private void poll() {
        try {
            while (true) {
                Thread.sleep(PAUSE_MILLIS);
                compare();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void compare() {
        read.replaceAll((file, before) -> {
            String now = text(file);
            if (now.isEmpty() || now.equals(before)) return before;
            output.accept(file + " has changed; press Ctrl-C and restart this goal to apply the change");
            return now;
        });
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

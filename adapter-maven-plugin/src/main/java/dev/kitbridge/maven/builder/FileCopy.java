package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.Builder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Copies files and folders as kit's {@code copy} does, in parallel. */
record FileCopy(Path from, Path to, Builder.CopyOptions options, boolean rebaseSourceMaps) {

    /** Limit in bytes: a larger file is no source map, and reading it would take a multiple of its size in memory. */
    private static final long LARGEST_SOURCE_MAP = 64L << 20;

    /** @return paths relative to the destination, in order; the file's name if a single file was copied */
    List<String> run() throws IOException {
        if (!Files.exists(from)) return List.of();
        if (!Files.isDirectory(from)) {
            if (!options.filter().test(from.getFileName().toString())) return List.of();
            Files.createDirectories(to.resolveSibling(""));
            copy(from, to);
            return List.of(to.getFileName().toString());
        }
        List<String> files = new ArrayList<>();
        list(from, "", files);
        for (String folder : files.stream()
                .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
                .collect(Collectors.toSet())) {
            Files.createDirectories(to.resolve(folder));
        }
        try {
            files.parallelStream().forEach(file -> {
                try {
                    copy(from.resolve(file), to.resolve(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return List.copyOf(files);
    }

    private void list(Path folder, String prefix, List<String> files) throws IOException {
        if (!options.filter().test(folder.getFileName().toString())) return;
        List<Path> entries;
        try (Stream<Path> stream = Files.list(folder)) {
            entries = stream.sorted().toList();
        }
        for (Path entry : entries) {
            String name = prefix + entry.getFileName();
            if (Files.isDirectory(entry)) {
                list(entry, name + "/", files);
            } else if (options.filter().test(entry.getFileName().toString())) {
                files.add(name);
            }
        }
    }

    private void copy(Path source, Path target) throws IOException {
        boolean sourceMap =
                rebaseSourceMaps && source.toString().endsWith(".map") && Files.size(source) <= LARGEST_SOURCE_MAP;
        if (options.replace().isEmpty() && !sourceMap) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        byte[] bytes = Files.readAllBytes(source);
        String before = new String(bytes, StandardCharsets.UTF_8);
        String text = options.replace().isEmpty() ? before : replace(before, options.replace());
        if (sourceMap) text = SourceMaps.rebase(text, source.resolveSibling(""), target.resolveSibling(""));
        // a .map file may be binary
        Files.write(target, text.equals(before) ? bytes : text.getBytes(StandardCharsets.UTF_8));
    }

    private static String replace(String text, Map<String, String> words) {
        Pattern pattern = Pattern.compile(
                words.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|", "\\b(", ")\\b")));
        return pattern.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(words.getOrDefault(match.group(1), match.group())));
    }
}

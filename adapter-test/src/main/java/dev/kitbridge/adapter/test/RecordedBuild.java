package dev.kitbridge.adapter.test;

import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.json.Jackson;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recorded build in a module's folder.
 *
 * @param folder the module's folder, which is the app's too
 * @param scratch the folder that the bridge writes to
 * @param record kit's data of the build
 */
record RecordedBuild(Path folder, Path scratch, BuildRecord record) {

    static RecordedBuild unpack(String name, Path module) throws IOException {
        Path folder = module.toRealPath();
        Path scratch = Files.createDirectories(folder.resolve(".svelte-kit/kitbridge"));
        for (String file : text(name + "/files.txt").lines().toList()) {
            Path standIn = folder.resolve(".svelte-kit").resolve(file);
            Files.createDirectories(standIn.resolveSibling(""));
            Files.writeString(standIn, (file + "\n").repeat(20));
        }
        Path file = Files.writeString(scratch.resolve("build.json"), text(name + "/build.json"));
        return new RecordedBuild(folder, scratch, read(file));
    }

    /** Returns this build with the output of an adapter in JavaScript. */
    RecordedBuild withJavaScriptOutputs(String id, List<String> outputs) throws IOException {
        Path file = scratch.resolve("build.json");
        ObjectNode record = (ObjectNode) Jackson.MAPPER.readTree(Files.readString(file));
        List<BuildRecord.Ran> ran = List.of(new BuildRecord.Ran(id, Map.of(), true, outputs));
        record.set("adapters", Jackson.MAPPER.valueToTree(ran));
        Files.writeString(file, record.toString());
        return new RecordedBuild(folder, scratch, read(file));
    }

    private static BuildRecord read(Path file) throws IOException {
        BuildRecord record = BuildRecord.read(file);
        if (record == null) {
            throw new IOException("the recorded builds are of another version than dev.kitbridge:adapter-maven-plugin;"
                    + " use one version of all Kitbridge artifacts");
        }
        return record;
    }

    private static String text(String name) throws IOException {
        try (InputStream in = RecordedBuild.class.getResourceAsStream(name)) {
            if (in == null) throw new FileNotFoundException(name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package dev.kitbridge.adapter.test;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.RouteDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** An adapter that uses all that the assertions know. */
final class Lighthouse implements Adapter {

    @Override
    public String name() {
        return "lighthouse";
    }

    @Override
    public Emulator emulate() {
        return (config, prerender) -> Map.of("lamp", List.of(1, 2), "prerender", prerender, "config", config);
    }

    @Override
    public void adapt(Builder builder) throws IOException {
        Path output = builder.outputDirectory();
        builder.writeClient(output.resolve("client"));
        List<RouteDefinition> some = builder.routes().stream()
                .filter(route -> route.id().startsWith("/blog") || route.id().contains("cart"))
                .toList();
        builder.generateServerInstance(output.resolve("server.js"), some, null);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "lamp.Main");
        Path jar = builder.project().buildDirectory().resolve("lamp.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("lamp/Main.class"));
        }
        builder.attachArtifact(jar, "jar", "lamp");
        builder.log().warn("The lamp is off");
    }
}

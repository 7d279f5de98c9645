package dev.kitbridge.compatibility;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** A packaged artifact of this build, on the class path of the tests. */
record Artifact(JarFile jar) {

    /** Public types in a package named {@code internal} are for Kitbridge's own modules only. */
    private static final Pattern NOT_API = Pattern.compile("(^|.*/)(internal/.*|package-info|module-info)\\.class");

    /** A type in the output of javap: its declaration, its members, and a closing brace. */
    private static final Pattern TYPE = Pattern.compile("(?m)^(public .*) \\{\\R(?:  .*\\R)*\\}\\R");

    /** The adapter-jvm jar holds the descriptors of other artifacts too: the jar's own name decides. */
    static Artifact named(String artifactId) throws IOException {
        String descriptor = "META-INF/maven/dev.kitbridge/" + artifactId + "/pom.properties";
        for (URL url : Collections.list(Artifact.class.getClassLoader().getResources(descriptor))) {
            JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile();
            if (jar.getName().matches(".*[/\\\\]" + artifactId + "-[^/\\\\]*")) return new Artifact(jar);
        }
        throw new IllegalStateException("no jar of " + artifactId
                + " on the class path; run 'mvn verify', which packages the artifacts before it runs these tests");
    }

    /** The paths of the class files that the artifact's users may refer to. */
    List<String> classes() {
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(name ->
                        name.endsWith(".class") && !NOT_API.matcher(name).matches())
                .sorted()
                .toList();
    }

    /** The lines of {@code javap -protected} on the public types, in order of their names. */
    List<String> api() {
        List<String> arguments = new ArrayList<>(List.of("-protected", "-cp", jar.getName()));
        classes().forEach(file -> arguments.add(file.replace(".class", "").replace('/', '.')));
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        ToolProvider.findFirst("javap").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        return TYPE.matcher(out.toString())
                .results()
                .flatMap(type -> Stream.concat(type.group().lines(), Stream.of("")))
                .toList();
    }
}

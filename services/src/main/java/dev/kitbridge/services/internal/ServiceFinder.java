package dev.kitbridge.services.internal;

import dev.kitbridge.platform.PlatformService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** Finds interfaces with {@link PlatformService} on a class path, without loading classes. */
public final class ServiceFinder {

    private static final String DESCRIPTOR = PlatformService.class.descriptorString();

    /** A class file without these bytes does not have the annotation, and is not parsed. */
    private static final byte[] MARK = DESCRIPTOR.getBytes(StandardCharsets.US_ASCII);

    private static final String SERVICES = "META-INF/services/";

    private ServiceFinder() {}

    /**
     * Returns the names of the interfaces, sorted. In a folder it finds every such interface. In a jar it finds those
     * that {@code META-INF/services} of the class path names, since reading every class of every jar would take too
     * long.
     *
     * @param classPath folders and jars; missing and other files are ignored
     * @throws IOException if a file cannot be read; the message names it
     */
    public static List<String> find(List<Path> classPath) throws IOException {
        List<Path> folders = classPath.stream().filter(Files::isDirectory).toList();
        List<Path> jars = classPath.stream()
                .filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                .toList();
        Set<String> implemented = new HashSet<>();
        for (Path folder : folders) implemented.addAll(servicesOfFolder(folder));
        for (Path jar : jars) implemented.addAll(servicesOfJar(jar));
        Set<String> names = new TreeSet<>();
        for (Path folder : folders) inFolder(folder, names);
        for (Path jar : jars) inJar(jar, implemented, names);
        return List.copyOf(names);
    }

    private static List<String> servicesOfFolder(Path folder) throws IOException {
        Path services = folder.resolve(SERVICES);
        if (!Files.isDirectory(services)) return List.of();
        try (Stream<Path> files = Files.list(services)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> servicesOfJar(Path file) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(SERVICES))
                    .map(name -> name.substring(SERVICES.length()))
                    .toList();
        }
    }

    private static void inFolder(Path folder, Set<String> names) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : files) add(Files.readAllBytes(file), file.toString(), names);
    }

    private static void inJar(Path file, Set<String> implemented, Set<String> names) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (String name : implemented) {
                ZipEntry entry = jar.getEntry(name.replace('.', '/') + ".class");
                if (entry == null) continue;
                try (InputStream in = jar.getInputStream(entry)) {
                    add(in.readAllBytes(), file + "!" + entry.getName(), names);
                }
            }
        }
    }

    private static void add(byte[] bytes, String where, Set<String> names) throws IOException {
        if (!contains(bytes, MARK)) return;
        Annotated annotated = new Annotated();
        try {
            new ClassReader(bytes)
                    .accept(annotated, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (RuntimeException e) {
            throw new IOException(where + " is no class file of a supported version: " + e.getMessage(), e);
        }
        if (annotated.found != null) names.add(annotated.found);
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        outer:
        for (int i = 0; i <= bytes.length - part.length; i++) {
            for (int j = 0; j < part.length; j++) {
                if (bytes[i + j] != part[j]) continue outer;
            }
            return true;
        }
        return false;
    }

    private static final class Annotated extends ClassVisitor {

        private String name = "";
        private boolean isInterface;
        private @Nullable String found;

        Annotated() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                int version,
                int access,
                String internalName,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            name = internalName.replace('/', '.');
            isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            if (isInterface && descriptor.equals(DESCRIPTOR)) found = name;
            return null;
        }
    }
}

package dev.kitbridge.standalone;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;

/** The locale of the process, which determines the JVM's encodings. */
final class ProcessLocale {

    private ProcessLocale() {}

    /**
     * Lets the process write UTF-8 in every locale: in the POSIX locale the JVM writes {@code ?} for each character
     * outside ASCII. A Windows console has its own encoding.
     */
    static void writeUtf8() {
        if (File.separatorChar == '\\') return;
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** Returns the message for a file name that cannot be encoded: the JVM fixes that encoding when it starts. */
    static String refusal(InvalidPathException e, Map<String, String> environment) {
        String locale = List.of("LC_ALL", "LC_CTYPE", "LANG").stream()
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .map(name -> name + " is " + environment.get(name))
                .findFirst()
                .orElse("none of LC_ALL, LC_CTYPE and LANG is set");
        return "The app has the file '" + e.getInput() + "', whose name this JVM cannot use, since its locale has the"
                + " encoding " + System.getProperty("sun.jnu.encoding") + " (" + locale
                + "); start it with LC_ALL=C.UTF-8";
    }
}

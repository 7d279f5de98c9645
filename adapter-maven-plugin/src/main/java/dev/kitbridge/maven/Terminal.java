package dev.kitbridge.maven;

import java.io.Console;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/** Decides whether the log may contain colours. */
final class Terminal {

    private Terminal() {}

    /** Applies the rules of Maven: {@code -Dstyle.color}, then batch mode, then whether the output is a terminal. */
    static boolean hasColours(MavenSession session) {
        String style = session.getUserProperties().getProperty("style.color", "auto");
        if (style.equals("always") || style.equals("never")) return style.equals("always");
        if (System.getenv("NO_COLOR") != null || !session.getRequest().isInteractiveMode()) return false;
        return isTerminal(System.console());
    }

    /** Since Java 22, {@code System.console()} may be no terminal; {@code Console.isTerminal} tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) return false;
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}

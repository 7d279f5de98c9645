package dev.kitbridge.maven;

import java.io.Console;
import org.apache.maven.execution.MavenSession;
import org.jspecify.annotations.Nullable;

/** Whether what is logged ends up on a terminal. */
final class Terminal {

    private Terminal() {}

    /** As Maven decides it: {@code -Dstyle.color}, batch mode, a terminal. */
    static boolean hasColours(MavenSession session) {
        String style = session.getUserProperties().getProperty("style.color", "auto");
        if (style.equals("always") || style.equals("never")) return style.equals("always");
        if (System.getenv("NO_COLOR") != null || !session.getRequest().isInteractiveMode()) return false;
        return isTerminal(System.console());
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) return false;
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}

package dev.kitbridge.adapters.jvm.run;

import java.lang.reflect.Proxy;

/** Ctrl-C, told apart from SIGTERM. The JVM has no supported way, so its unsupported one is optional here. */
final class Signals {

    private Signals() {}

    /** Calls on SIGINT; where that is not possible, the JVM does on it what it does on SIGTERM. */
    static void onInterrupt(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "hashCode" -> {
                                return 0;
                            }
                            case "equals" -> {
                                return arguments != null && proxy == arguments[0];
                            }
                            default -> {
                                return "kitbridge";
                            }
                        }
                        return null;
                    });
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, ours);
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(Signals.class.getName())
                    .log(System.Logger.Level.DEBUG, "SIGINT cannot be told apart from SIGTERM", e);
        }
    }
}

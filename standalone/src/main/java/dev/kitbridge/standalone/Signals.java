package dev.kitbridge.standalone;

import java.lang.reflect.Proxy;

/**
 * Handles signals, to distinguish them from each other and from System.exit. The JVM's API for them is unsupported, so
 * it is optional here.
 */
final class Signals {

    private Signals() {}

    /**
     * Registers a handler for a signal.
     *
     * @param name without SIG
     * @return whether it is registered; otherwise the JVM exits on the signal with its own exit code
     */
    static boolean on(String name, Runnable action) {
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
            Object known = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, known, ours);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(Signals.class.getName())
                    .log(System.Logger.Level.DEBUG, "SIG" + name + " cannot be told apart", e);
            return false;
        }
    }
}

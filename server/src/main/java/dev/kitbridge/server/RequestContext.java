package dev.kitbridge.server;

import java.util.concurrent.Callable;

/**
 * The context that a front gives to the calls of Java services during one request: the security context or the locale
 * of an application, for example.
 */
@FunctionalInterface
public interface RequestContext {

    /**
     * Runs a part of a call on the current thread, with the context of the request. May be called on several threads at
     * the same time, and shortly after the response has ended.
     *
     * @return the result of the task
     * @throws Exception if the task throws it
     */
    <T> T call(Callable<T> task) throws Exception;

    /**
     * Returns whether what the calls do may depend on who sent the request. Then the page cache does not keep the page,
     * and does not serve one that others got. Asked before a page is served, and again after it was rendered, on any
     * thread.
     */
    default boolean isPersonal() {
        return true;
    }
}

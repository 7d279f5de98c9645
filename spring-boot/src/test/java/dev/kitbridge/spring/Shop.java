package dev.kitbridge.spring;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.platform.PlatformService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.concurrent.CompletionStage;

/** A service that is a bean. */
@PlatformService
public interface Shop {

    /** Returns the user, the locale and the path of the request. */
    String who();

    /** Returns whether the call runs on a virtual thread. */
    boolean onVirtualThread();

    /** Returns the names of the observations that surround the call, the innermost first. */
    String observations();

    /** Throws an exception of Spring Security about the user. */
    void expire();

    void admin();

    void conflict();

    void gone();

    /** Returns how many calls the request has made. */
    int visit();

    String add(@Valid Tool tool);

    /** Revalidates the pages with a tag. */
    CompletionStage<PageCache.Result> change(String tag);

    /** A tool. */
    record Tool(@NotBlank String name) {}
}

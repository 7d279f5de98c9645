package org.example.shop;

import dev.kitbridge.platform.PlatformService;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Prices that pages show. Each method returns the replicas that may still show the old ones. */
@PlatformService("prices")
public interface Prices {

    CompletionStage<List<String>> changeTag(String tag);

    List<String> changePath(String path) throws Exception;

    CompletionStage<List<String>> changeAll(String reason);
}

package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.caching.CacheCase;
import dev.kitbridge.server.caching.CacheClient;
import dev.kitbridge.server.caching.CaseRun;
import dev.kitbridge.server.caching.HttpCaseClient;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The cases of HTTP caching over HTTP, except those in which time passes. */
class CacheCasesTest extends RunningApp {

    @TestFactory
    Stream<DynamicTest> cases() throws Exception {
        dev.kitbridge.server.TestApp cached = dev.kitbridge.server.TestApp.in(temp.resolve("cached"));
        Settings settings = Settings.of(new Environment(Map.of("HOST", "127.0.0.1", "PORT", "0"), ""));
        Init.PageCache cache = new Init.PageCache(Init.PageCache.Mode.ON, 64 * 1024 * 1024);
        instance = Instance.start(
                settings, "", () -> Server.open(cached.folder(), cached.init().withPageCache(cache)), out, () -> {});
        InetSocketAddress address = (InetSocketAddress) instance.socket();
        CacheClient client = new HttpCaseClient(address, address);
        return CacheCase.all().stream()
                .filter(each -> each.steps().stream().allMatch(step -> step.delay() == 0))
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    String failure = new CaseRun(each, client).failure();
                    if (each.deviation().isEmpty()) assertThat(failure).isEmpty();
                    else assertThat(failure).as("the deviation of " + each).isNotEmpty();
                }));
    }
}

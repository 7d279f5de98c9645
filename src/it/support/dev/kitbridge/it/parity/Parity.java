package dev.kitbridge.it.parity;

import dev.kitbridge.adapter.test.tck.Demand;
import dev.kitbridge.adapter.test.tck.RawRequest;
import dev.kitbridge.adapter.test.tck.Tck;
import dev.kitbridge.adapter.test.tck.TckCase;
import dev.kitbridge.adapter.test.tck.TckReport;
import dev.kitbridge.adapter.test.tck.TckServer;
import dev.kitbridge.adapter.test.tck.TckSuite;
import dev.kitbridge.it.Node;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Runs the suite of kitbridge-adapter-test on adapter-jvm, with the differences that it intends. */
public final class Parity {

    private final File folder;
    private final Set<String> seen = new TreeSet<>();
    private int count;

    /** @param folder receives the servers' logs and unpacked files, and the reports */
    public Parity(File folder) {
        this.folder = folder;
    }

    /** Returns the names of all intended differences. */
    public static Set<String> intended() {
        return Intended.names();
    }

    /** Returns the names of the differences that containers force. */
    public static Set<String> intendedOfContainers() {
        return IntendedForContainers.names();
    }

    /** Returns the names of the intended differences that were found. */
    public Set<String> seen() {
        return seen;
    }

    /** Returns the number of cases. */
    public int count() {
        return count;
    }

    /**
     * Sends all requests for an app.
     *
     * @return unintended differences
     */
    public List<String> compare(Built app) throws Exception {
        if (!app.shop()) return run("", app, ours(app, Map.of()));
        return run("", app, ours(app, Map.of()).suite(TckSuite.FILES).cases(ShopRequests.all()));
    }

    /**
     * Sends all requests for an app that was built without a base path and is told one when it starts; the official one
     * has it from its build.
     */
    public List<String> compareAtBasePath(Built app) throws Exception {
        return run("-moved", app, ours(app, Map.of("BASE_PATH", app.base())));
    }

    /** Sends all requests below the context path of an app in containers, which reject some requests themselves. */
    public List<String> compareInContainers(Built app) throws Exception {
        String below = app.base() + "([/?].*)?";
        return run("-war", app, ours(app, Map.of()).only(one -> {
            RawRequest request = one.request();
            return request.target().matches(below) && request.methods().size() == 1 && request.has(" HTTP/1.1\r\n");
        }));
    }

    /** Sends requests with forwarding headers to servers that trust them. */
    public List<String> compareBehindProxy(Built app) throws Exception {
        return run("-proxy", app, ours(app, Map.of()).suite(TckSuite.PROXY));
    }

    /** Sends requests whose answers depend on the configured origin; on kit 3, the official build contains it. */
    public List<String> compareWithOrigin(Built app) throws Exception {
        return run("-origin", app, ours(app, Map.of()).suite(TckSuite.ORIGIN));
    }

    /** Sends a request that crashes the official server: a redirect to a path outside ASCII. */
    public List<String> crash(String path, Built app) throws Exception {
        Demand demand = new Demand("paths/redirects", "A redirect is ASCII", "RFC 9110, 10.2.2");
        TckCase crash = new TckCase(demand, RawRequest.get(path).build());
        String runtime = app.commands().keySet().iterator().next();
        Tck tck = tck(app).server(runtime, server(app, runtime, Map.of()));
        return run("-crash", app, tck.cases(List.of(crash)).only(one -> one == crash));
    }

    /** Runs the suite on the official server itself, without any intended difference. */
    public List<String> compareOfficial(Built app, TckSuite suite) throws Exception {
        Tck tck = new Tck(app.app(), app.official().toPath())
                .reference(official(app))
                .base(app.base())
                .suite(suite)
                .server("official", official(app));
        return run("-itself", app, tck);
    }

    private Tck ours(Built app, Map<String, String> environment) {
        Tck tck = tck(app);
        for (String runtime : app.commands().keySet()) tck.server(runtime, server(app, runtime, environment));
        return tck;
    }

    private static Tck tck(Built app) {
        return new Tck(app.app(), app.official().toPath())
                .reference(official(app))
                .base(app.base())
                .differences(Intended.ALL);
    }

    private List<String> run(String kind, Built app, Tck tck) throws Exception {
        TckReport report = tck.logs(folder.toPath(), app.name() + kind).run();
        Files.writeString(folder.toPath().resolve(app.name() + kind + ".md"), report.toMarkdown());
        seen.addAll(report.found());
        count += report.results().size();
        List<String> lines = new ArrayList<>();
        if (!report.passed()) lines.add(app.name() + kind + ": " + report.sentence());
        report.failures().forEach(failure -> lines.add(failure.toString()));
        return lines;
    }

    private static TckServer official(Built app) {
        String script = new File(app.official(), "index.js").getPath();
        return TckServer.command(List.of(Node.program().toString(), script));
    }

    private TckServer server(Built app, String runtime, Map<String, String> environment) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Duser.home=" + folder.getPath()));
        command.addAll(app.commands().get(runtime));
        TckServer server = TckServer.command(command).with("WORKERS", "2").with("KITBRIDGE_WORKERS", "2");
        environment.forEach(server::with);
        return server;
    }
}

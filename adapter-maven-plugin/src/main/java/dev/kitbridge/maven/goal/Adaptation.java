package dev.kitbridge.maven.goal;

import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.adapters.AdapterRun;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.report.HtmlReport;
import dev.kitbridge.maven.report.Report;
import dev.kitbridge.maven.report.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds an app, runs the adapters of the POM on the output, and reports what they wrote.
 *
 * @param request the parameters of the build
 * @param version the version of Kitbridge
 */
public record Adaptation(BuildRequest request, String version) {

    /**
     * Builds and adapts, each if an input changed.
     *
     * @return the files to attach to the module
     */
    public List<KitBuilder.Attachment> run() throws IOException {
        try (AppBuild.Built built = new AppBuild(request).run()) {
            built.supports().enforce();
            return adapt(built);
        }
    }

    private List<KitBuilder.Attachment> adapt(AppBuild.Built built) throws IOException {
        GoalRequest shared = request.shared();
        Path scratch = shared.app().scratch();
        AdapterRun run = new AdapterRun(
                request.project(),
                built.build(),
                scratch,
                new Compressor(built.build().node(), scratch, shared.progress()::at),
                log -> shared.module().downloads(built.tools().node(), log, log::info));
        boolean fresh = built.build().fresh();
        Map<String, List<Path>> outputs = new LinkedHashMap<>();
        List<KitBuilder.Attachment> attachments = new ArrayList<>();
        for (ConfiguredAdapter adapter : built.adapters()) {
            String name = "adapter '" + adapter.id() + "'";
            Log log = shared.module().log(adapter.id());
            AdapterRun.Result result =
                    shared.progress().step("Adapter '" + adapter.id() + "'", () -> run.run(adapter, log));
            fresh |= result.fresh();
            outputs.put(adapter.id(), result.outputs());
            if (!result.fresh()) shared.log().say("Nothing changed for " + name);
            attachments.addAll(result.attachments());
        }
        report(built, outputs, fresh);
        return attachments;
    }

    /** Keeps an existing report if nothing ran: a new one would show no times. */
    private void report(AppBuild.Built built, Map<String, List<Path>> outputs, boolean fresh) throws IOException {
        Path file = request.project().buildDirectory().resolve("adapters").resolve("report.html");
        if (!fresh && Files.isRegularFile(file)) return;
        GoalRequest shared = request.shared();
        Report report = Report.of(
                built.build().record(),
                request.project(),
                Map.of("Kitbridge", version),
                outputs,
                shared.module().classes(false).interfaces());
        HtmlReport.write(file, report, shared.progress().times());
        Summary.lines(report).forEach(shared.log()::say);
        shared.log().say("  Report: " + file.toUri().toString().replaceFirst("^file:/+", "file:///"));
    }
}

import com.sun.management.OperatingSystemMXBean;
import dev.kitbridge.platform.PlatformService;
import dev.kitbridge.server.internal.link.Rendezvous;
import dev.kitbridge.services.PlatformServices;
import dev.kitbridge.services.ServiceConnections;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Measures the overhead of a Java service call: latency, CPU time of both processes, calls per second.
 *
 * <pre>bench/calls</pre>
 *
 * With {@code taskset -c 0} before the command, both processes share one core. Uses the {@code node} on {@code PATH}.
 */
public class ServicesBenchmark {

    record Product(long id, String name, double price, Instant since, List<String> tags) {}

    @PlatformService("catalog")
    public interface Catalog {
        Product byId(long id);
    }

    private static final String CLIENT =
            """
            import { connect } from './services/services.mjs';

            const client = connect({ address: process.env.ADDRESS, secret: process.env.SECRET });
            const wait = (name) => new Promise((fulfil) => {
                console.log(name);
                process.stdin.once('data', fulfil);
            });

            // each request has its own platform
            async function calls(count) {
                for (let i = 0; i < count; i++) {
                    const request = client.request({ id: 'r', request: { method: 'GET' } });
                    await request.platform.services.catalog.byId(i);
                    request.finish();
                }
            }

            async function measure(name, count, at_once) {
                await wait('begin');
                const cpu = process.cpuUsage();
                const start = performance.now();
                await Promise.all(Array.from({ length: at_once }, () => calls(count / at_once)));
                const millis = performance.now() - start;
                const { user, system } = process.cpuUsage(cpu);
                await wait(`end ${name}\\t${at_once}\\t${count}\\t${millis}\\t${(user + system) / 1000}`);
            }

            process.stdin.resume();
            await calls(40000);
            await Promise.all(Array.from({ length: 16 }, () => calls(4000)));
            for (let i = 0; i < 3; i++) {
                await measure('one after the other', 20000, 1);
                await measure('16 at once', 64000, 16);
            }
            process.exit(0);
            """;

    public static void main(String[] arguments) throws Exception {
        Catalog catalog = id -> new Product(id, "A chair of oak", 129.5, Instant.EPOCH, List.of("wood", "new"));
        Path folder = Files.createTempDirectory("services-benchmark");
        WorkerModules.write(folder);
        Path client = Files.writeString(folder.resolve("client.mjs"), CLIENT);
        try (Rendezvous rendezvous = Rendezvous.at(folder.resolve("s"));
                ServiceConnections board = new ServiceConnections(() -> PlatformServices.of(Map.of(Catalog.class, catalog)))) {
            ProcessBuilder builder = new ProcessBuilder("node", client.toString());
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("ADDRESS", rendezvous.address());
            builder.environment().put("SECRET", rendezvous.secret());
            Process node = builder.start();
            try {
                board.connect(rendezvous.await());
                System.out.println("| calls | latency, ms | calls/s | CPU, ms a call: Node | Java | both |");
                System.out.println("|---|---|---|---|---|---|");
                print(node);
            } finally {
                node.destroy();
            }
        }
    }

    private static void print(Process node) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader lines = node.inputReader();
        OutputStream go = node.getOutputStream();
        long begun = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("begin")) begun = system.getProcessCpuTime();
            else if (line.startsWith("end ")) row(line.substring(4).split("\t"), system.getProcessCpuTime() - begun);
            else System.out.println(line);
            go.write("go\n".getBytes(StandardCharsets.UTF_8));
            go.flush();
        }
    }

    private static void row(String[] figures, long cpuNanos) {
        int atOnce = Integer.parseInt(figures[1]);
        int count = Integer.parseInt(figures[2]);
        double millis = Double.parseDouble(figures[3]);
        double node = Double.parseDouble(figures[4]) / count;
        double java = cpuNanos / 1e6 / count;
        System.out.printf(
                "| %s | %.3f | %.0f | %.3f | %.3f | %.3f |%n",
                figures[0], millis / count * atOnce, count / millis * 1000, node, java, node + java);
    }
}

package dev.kitbridge.standalone.abuse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a table of cases with the current outcomes of servers, to add cases. */
final class CaseTable {

    /** Sends a request and returns the outcome. */
    interface Dialogue {
        String outcome(SocketAddress server, String request) throws IOException;
    }

    private CaseTable() {}

    /** @param servers each a name, an equals sign and a port of 127.0.0.1; the product comes first */
    static void print(String resource, List<String> servers, Dialogue dialogue) throws IOException {
        StringBuilder text = new StringBuilder();
        String section = "";
        for (AbuseCase each : AbuseCase.read(resource)) {
            if (!section.equals(each.section()))
                text.append("\n== ").append(each.section()).append('\n');
            section = each.section();
            text.append(each.name()).append(" | ").append(each.request());
            String own = null;
            for (String server : servers) {
                String[] parts = server.split("=");
                InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(parts[1]));
                String found = dialogue.outcome(address, each.request());
                if (own == null) text.append(" | ").append(found);
                else if (!found.equals(own))
                    text.append(" | ").append(parts[0]).append(": ").append(found);
                if (own == null) own = found;
            }
            text.append('\n');
        }
        System.out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The upper limit: Jetty with a map of four responses. Arguments: the port and the site's folder. */
class BareJetty {

    private record Answer(ByteBuffer content, HttpField[] fields) {}

    public static void main(String[] arguments) throws Exception {
        Path site = Path.of(arguments[1]);
        Map<String, Answer> answers = Map.of(
                "/favicon.svg", answer(site.resolve("client/favicon.svg"), "image/svg+xml"),
                "/", answer(site.resolve("prerendered/index.html"), "text/html"),
                "/large.bin", answer(site.resolve("client/large.bin"), "application/octet-stream"));
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Answer found = answers.get(request.getHttpURI().getPath());
                boolean known = request.getHeaders().contains(HttpHeader.IF_NONE_MATCH);
                response.setStatus(found == null ? 404 : known ? 304 : 200);
                if (found != null) for (HttpField field : found.fields()) response.getHeaders().add(field);
                response.write(true, found == null || known ? ByteBuffer.allocate(0) : found.content().duplicate(), callback);
                return true;
            }
        });
        server.start();
        server.join();
    }

    private static Answer answer(Path file, String type) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        HttpField[] fields = {
            new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, type), new PreEncodedHttpField(HttpHeader.ETAG, "\"1\"")
        };
        return new Answer(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(), fields);
    }
}

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Serves a WAR in Jetty, as behind a proxy that ends TLS: {@code Main file.war /context folder}. */
public class Main {

    public static void main(String[] arguments) throws Exception {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.addCustomizer((request, headers) -> new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return HttpURI.build(super.getHttpURI()).scheme("https");
            }

            @Override
            public boolean isSecure() {
                return true;
            }
        });
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        WebAppContext context = new WebAppContext();
        context.setContextPath(arguments[1]);
        context.setWar(arguments[0]);
        context.setTempDirectory(Files.createDirectories(Path.of(arguments[2])).toFile());
        context.setThrowUnavailableOnStartupException(true);
        server.setHandler(context);
        server.start();
        System.out.println("Listening on http://127.0.0.1:" + connector.getLocalPort());
        server.join();
    }
}

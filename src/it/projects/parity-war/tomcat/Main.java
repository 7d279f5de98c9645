import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;

/** Serves a WAR in Tomcat, as behind a proxy that ends TLS: {@code Main file.war /context folder}. */
public class Main {

    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        tomcat.setBaseDir(folder.toString());
        Files.createDirectories(folder.resolve("webapps"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setScheme("https");
        tomcat.getConnector().setSecure(true);
        tomcat.addWebapp(arguments[1], new File(arguments[0]).getAbsolutePath());
        tomcat.start();
        System.out.println("Listening on http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }
}

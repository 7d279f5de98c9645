import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;

/** Serves one WAR at several context paths of one Tomcat: {@code Main folder file.war /context ...}. */
public class Main {

    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        tomcat.setBaseDir(folder.toString());
        Files.createDirectories(folder.resolve("webapps"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        for (int i = 2; i < arguments.length; i++) {
            tomcat.addWebapp(arguments[i], new File(arguments[1]).getAbsolutePath());
        }
        tomcat.start();
        System.out.println("Listening on http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }
}

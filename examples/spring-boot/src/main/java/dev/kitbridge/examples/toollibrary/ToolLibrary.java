package dev.kitbridge.examples.toollibrary;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application. Its pages are in {@code src/routes}. */
@SpringBootApplication
public class ToolLibrary {

    public static void main(String[] arguments) {
        SpringApplication.run(ToolLibrary.class, arguments);
    }
}

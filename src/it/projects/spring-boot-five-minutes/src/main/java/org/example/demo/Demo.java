package org.example.demo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application that Spring Initializr creates. */
@SpringBootApplication
public class Demo {

    public static void main(String[] arguments) {
        SpringApplication.run(Demo.class, arguments);
    }
}

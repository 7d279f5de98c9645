package org.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Quay {

    public static void main(String[] arguments) {
        SpringApplication.run(Quay.class, arguments);
    }

    @GetMapping("/spring")
    String spring() {
        return "from Spring";
    }
}

package org.example;

public final class PoliteGreeter implements Greeter {
    @Override
    public String greet(String name) {
        return "Good morning, " + name;
    }
}

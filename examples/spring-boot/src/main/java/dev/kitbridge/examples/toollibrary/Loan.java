package dev.kitbridge.examples.toollibrary;

/** A tool and the member who has it. */
public record Loan(long toolId, String tool, String borrower) {}

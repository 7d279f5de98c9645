package dev.kitbridge.examples.toollibrary;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A tool that a member gives to the library.
 *
 * @param deposit in euros
 */
public record NewTool(
        @NotBlank @Size(max = 60) String name,
        @NotBlank @Size(max = 30) String category,
        @Min(1) @Max(500) int deposit,
        @NotNull @Size(max = 500) String description) {}

package org.example.tides;

import org.jspecify.annotations.Nullable;

/** Something of the module's own. */
public record Tides(@Nullable String harbour) {}

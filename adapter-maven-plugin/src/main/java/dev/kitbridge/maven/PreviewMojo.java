package dev.kitbridge.maven;

import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** The same as {@code emulate}, under the name that Vite has for it. */
@Mojo(name = "preview", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class PreviewMojo extends EmulateMojo {}

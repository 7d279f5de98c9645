package dev.kitbridge.maven;

import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** The same as {@code emulate}, under the name that Vite has for it. */
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@Mojo(name = "preview", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class PreviewMojo extends EmulateMojo {}

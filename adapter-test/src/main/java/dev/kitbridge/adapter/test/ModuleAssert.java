package dev.kitbridge.adapter.test;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on an {@link AdaptedModule}: the output folder of its adapter, its artifacts, its log. */
public final class ModuleAssert extends AbstractAssert<ModuleAssert, AdaptedModule> {

    ModuleAssert(AdaptedModule actual) {
        super(actual, ModuleAssert.class);
    }

    /**
     * Fails if one of these files is missing in the adapter's output folder.
     *
     * @param paths paths relative to {@link AdaptedModule#output}
     * @return this
     */
    public ModuleAssert hasFile(String... paths) {
        output().hasFile(paths);
        return this;
    }

    /**
     * Fails if there is one of these files in the adapter's output folder.
     *
     * @param paths paths relative to {@link AdaptedModule#output}
     * @return this
     */
    public ModuleAssert hasNoFile(String... paths) {
        output().hasNoFile(paths);
        return this;
    }

    /**
     * Continues with the adapter's output folder.
     *
     * @return assertions on its files
     */
    public TreeAssert output() {
        isNotNull();
        return FileTree.of(actual.output()).assertThat();
    }

    /**
     * Continues with another folder, or with an archive.
     *
     * @param path a path relative to the module's folder, such as {@code target/classes}
     * @return assertions on its files
     */
    public TreeAssert tree(String path) {
        isNotNull();
        return FileTree.of(actual.folder().resolve(path)).assertThat();
    }

    /**
     * Fails if no such artifact is attached; else continues with its files.
     *
     * @param type the extension of an archive in ZIP format
     * @param classifier the classifier
     * @return assertions on the archive's files
     */
    public TreeAssert attachedArchive(String type, String classifier) {
        hasAttachment(type, classifier);
        return FileTree.of(actual.attachments().stream()
                        .filter(one -> is(one, type, classifier))
                        .findFirst()
                        .orElseThrow()
                        .file())
                .assertThat();
    }

    /**
     * Fails if no such artifact is attached.
     *
     * @param type the extension of the artifact
     * @param classifier the classifier
     * @return this
     */
    public ModuleAssert hasAttachment(String type, String classifier) {
        isNotNull();
        if (actual.attachments().stream().noneMatch(one -> is(one, type, classifier))) {
            failWithMessage(
                    "No artifact of type %s with classifier %s is attached, but %s",
                    type, classifier, actual.attachments());
        }
        return this;
    }

    /**
     * Fails if an artifact is attached.
     *
     * @return this
     */
    public ModuleAssert hasNoAttachment() {
        isNotNull();
        if (!actual.attachments().isEmpty()) failWithMessage("These artifacts are attached: %s", actual.attachments());
        return this;
    }

    /**
     * Fails if no line of the adapter's log contains a text.
     *
     * @param text a part of a line, which begins with its level: {@code warn }
     * @return this
     */
    public ModuleAssert logged(String text) {
        isNotNull();
        List<String> lines = actual.log();
        if (lines.stream().noneMatch(line -> line.contains(text))) {
            failWithMessage("No line of the log contains '%s':%n%s", text, String.join("\n", lines));
        }
        return this;
    }

    private static boolean is(AttachedArtifact one, String type, String classifier) {
        return one.type().equals(type) && one.classifier().equals(classifier);
    }
}

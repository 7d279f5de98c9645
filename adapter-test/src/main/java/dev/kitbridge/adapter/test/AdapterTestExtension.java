package dev.kitbridge.adapter.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Runs the methods with {@link AdapterTest}, and creates and deletes their modules. */
final class AdapterTestExtension implements TestTemplateInvocationContextProvider {

    private static final ExtensionContext.Namespace FOLDERS =
            ExtensionContext.Namespace.create(AdapterTestExtension.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), AdapterTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), AdapterTest.class).stream()
                .flatMap(test -> Stream.of(test.value()))
                .map(Run::new);
    }

    private record Run(RecordedApp app) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int number) {
            return app.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Modules(app));
        }
    }

    private record Modules(RecordedApp app) implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == AdaptedModule.class || type == RecordedApp.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            if (parameter.getParameter().getType() == RecordedApp.class) return app;
            return context.getStore(FOLDERS)
                    .computeIfAbsent("folder", key -> Folder.create(app), Folder.class)
                    .module();
        }
    }

    /** A module in a temporary folder, which JUnit closes after the test. */
    private record Folder(Path path, AdaptedModule module) implements AutoCloseable {

        static Folder create(RecordedApp app) {
            try {
                Path path = Files.createTempDirectory("kitbridge-adapter-test");
                return new Folder(path, app.in(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }
}

package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.MimeTypes;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

public class QuickStartTest {

    /** Test classes have string concatenation compiled to invokedynamic, as most libraries do. */
    public static final class Joined implements BiFunction<Integer, Object, String> {
        public Joined() {}

        @Override
        public String apply(Integer number, Object object) {
            int i = number;
            byte b = number.byteValue();
            char c = (char) i;
            boolean z = i > 0;
            long l = i;
            double d = i / 2.0;
            String s = i > 0 ? null : "text";
            return "b" + b + c + "|" + z + i + "," + l + d + object + s + " \1\2" + number + " end";
        }
    }

    @Test
    void concatenationsHaveTheSameResult() throws Exception {
        assertThat(calls(bytes(Joined.class))).anyMatch(call -> call.endsWith("makeConcatWithConstants"));
        assertThat(calls(QuickStart.of(bytes(Joined.class))))
                .noneMatch(call -> call.endsWith("makeConcatWithConstants"));
        Object joined = new Own(Joined.class)
                .loadClass(Joined.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        @SuppressWarnings("unchecked")
        BiFunction<Integer, Object, String> apply = (BiFunction<Integer, Object, String>) joined;
        assertThat(apply.apply(65, List.of()))
                .isEqualTo(new Joined().apply(65, List.of()))
                .isEqualTo("b65A|true65,6532.5[]null \1\00265 end");
    }

    @Test
    void jettyDoesNotListAllLocales() throws Exception {
        assertThat(calls(bytes(MimeTypes.class))).contains("java/util/Locale.getAvailableLocales");
        assertThat(calls(QuickStart.of(bytes(MimeTypes.class)))).doesNotContain("java/util/Locale.getAvailableLocales");
        Class<?> type = new Own(MimeTypes.class).loadClass(MimeTypes.class.getName());
        assertThat(type.getMethod("isKnownLocale", Locale.class).invoke(null, Locale.ENGLISH))
                .isEqualTo(false);
    }

    @Test
    void otherClassesStayAsTheyAre() throws Exception {
        byte[] type = bytes(List.class);
        assertThat(QuickStart.of(type)).isSameAs(type);
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = '/' + type.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
            return in.readAllBytes();
        }
    }

    private static List<String> calls(byte[] type) {
        List<String> calls = new ArrayList<>();
        new ClassReader(type)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String s, String[] e) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int op, String owner, String called, String d, boolean i) {
                                        calls.add(owner + "." + called);
                                    }

                                    @Override
                                    public void visitInvokeDynamicInsn(String called, String d, Handle h, Object... a) {
                                        calls.add(h.getOwner() + "." + called);
                                    }
                                };
                            }
                        },
                        0);
        return calls;
    }

    /** Defines a class and its nested classes itself, rewritten. */
    private static final class Own extends ClassLoader {

        private final String name;

        Own(Class<?> type) {
            super(QuickStartTest.class.getClassLoader());
            this.name = type.getName();
        }

        @Override
        protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
            if (!wanted.equals(name) && !wanted.startsWith(name + "$")) return super.loadClass(wanted, resolve);
            Class<?> known = findLoadedClass(wanted);
            if (known != null) return known;
            try {
                byte[] type = QuickStart.of(bytes(getParent().loadClass(wanted)));
                return defineClass(wanted, type, 0, type.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(wanted, e);
            }
        }
    }
}

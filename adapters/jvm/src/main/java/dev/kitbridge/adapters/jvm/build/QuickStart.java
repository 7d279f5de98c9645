package dev.kitbridge.adapters.jvm.build;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites two parts of Jetty's classes that slow down the start. A list of all locales takes a quarter of the start's
 * CPU time. It becomes empty, since no method that uses it is called. String concatenation compiled to invokedynamic,
 * which takes a millisecond for each call site, becomes a {@link StringBuilder}.
 */
final class QuickStart {

    /** Marks an argument in the recipe of a concatenation. */
    private static final char ARGUMENT = '\1';

    /** Marks a constant in the recipe of a concatenation. */
    private static final char CONSTANT = '\2';

    private static final String BUILDER = "java/lang/StringBuilder";

    private QuickStart() {}

    /** Returns the rewritten class, or the class itself if nothing has to change. */
    static byte[] of(byte[] type) {
        ClassReader reader = new ClassReader(type);
        ClassWriter writer = new ClassWriter(reader, 0);
        Rewriting rewriting = new Rewriting(writer);
        reader.accept(rewriting, 0);
        return rewriting.changed ? writer.toByteArray() : type;
    }

    /**
     * A method that concatenates strings.
     *
     * @param constants the recipe, then its constants
     */
    private record Concatenation(String name, String descriptor, List<Object> constants) {}

    private static final class Rewriting extends ClassVisitor {

        private final List<Concatenation> concatenations = new ArrayList<>();
        private String type = "";
        private boolean isInterface;
        private boolean changed;

        Rewriting(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String parent,
                String @Nullable [] interfaces) {
            type = name;
            isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
            super.visit(version, access, name, signature, parent, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new Body(super.visitMethod(access, name, descriptor, signature, exceptions));
        }

        @Override
        public void visitEnd() {
            for (Concatenation concatenation : concatenations) write(concatenation);
            super.visitEnd();
        }

        private void write(Concatenation concatenation) {
            int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
            MethodVisitor code =
                    super.visitMethod(access, concatenation.name(), concatenation.descriptor(), null, null);
            code.visitCode();
            code.visitTypeInsn(Opcodes.NEW, BUILDER);
            code.visitInsn(Opcodes.DUP);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, BUILDER, "<init>", "()V", false);
            Type[] arguments = Type.getArgumentTypes(concatenation.descriptor());
            int argument = 0;
            int constant = 1;
            int local = 0;
            StringBuilder literal = new StringBuilder();
            for (char c : ((String) concatenation.constants().get(0)).toCharArray()) {
                if (c != ARGUMENT) {
                    literal.append(c == CONSTANT ? concatenation.constants().get(constant++) : c);
                    continue;
                }
                appendText(code, literal);
                Type value = arguments[argument++];
                code.visitVarInsn(value.getOpcode(Opcodes.ILOAD), local);
                local += value.getSize();
                append(code, value);
            }
            appendText(code, literal);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "toString", "()Ljava/lang/String;", false);
            code.visitInsn(Opcodes.ARETURN);
            code.visitMaxs(4, local);
            code.visitEnd();
        }

        private static void appendText(MethodVisitor code, StringBuilder literal) {
            if (literal.isEmpty()) return;
            code.visitLdcInsn(literal.toString());
            append(code, Type.getType(String.class));
            literal.setLength(0);
        }

        private static void append(MethodVisitor code, Type value) {
            String parameter =
                    switch (value.getSort()) {
                        case Type.BYTE, Type.SHORT -> "I";
                        case Type.OBJECT, Type.ARRAY ->
                            value.getClassName().equals("java.lang.String")
                                    ? value.getDescriptor()
                                    : "Ljava/lang/Object;";
                        default -> value.getDescriptor();
                    };
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, BUILDER, "append", "(" + parameter + ")L" + BUILDER + ";", false);
        }

        private final class Body extends MethodVisitor {

            Body(MethodVisitor next) {
                super(Opcodes.ASM9, next);
            }

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                if (type.equals("org/eclipse/jetty/http/MimeTypes")
                        && owner.equals("java/util/Locale")
                        && name.equals("getAvailableLocales")) {
                    changed = true;
                    super.visitInsn(Opcodes.ICONST_0);
                    super.visitTypeInsn(Opcodes.ANEWARRAY, owner);
                } else {
                    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
                }
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... constants) {
                if (!bootstrap.getOwner().equals("java/lang/invoke/StringConcatFactory")
                        || !name.equals("makeConcatWithConstants")) {
                    super.visitInvokeDynamicInsn(name, descriptor, bootstrap, constants);
                    return;
                }
                changed = true;
                Concatenation concatenation =
                        new Concatenation("kitbridge$join" + concatenations.size(), descriptor, List.of(constants));
                concatenations.add(concatenation);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, type, concatenation.name(), descriptor, isInterface);
            }
        }
    }
}

package dev.kitbridge.services;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Defines the types that Jackson 3 links to and that jackson-annotations lacks before 2.22. Both generations of Jackson
 * share that artifact, and an application may manage the version that its Jackson 2 needs: Spring Boot 3.5 manages
 * 2.19.
 */
final class MissingAnnotations {

    /** The types in the form of jackson-annotations 2.22. */
    static final List<Definition> DEFINITIONS = List.of(
            new Definition("JsonSerializeAs", true, "value", "content", "key"),
            new Definition("JsonDeserializeAs", true, "value", "content", "keys"),
            new Definition("JsonApplyView", false, "value"),
            new Definition("JsonApplyView$NONE", false));

    private MissingAnnotations() {}

    /**
     * Defines the missing types in the class loader and the package of jackson-annotations.
     *
     * @throws IllegalStateException if jackson-annotations is a named Java module and lacks one
     */
    static synchronized void define() {
        for (Definition definition : DEFINITIONS) {
            if (isPresent(definition.name)) continue;
            try {
                MethodHandles.privateLookupIn(JsonFormat.class, MethodHandles.lookup())
                        .defineClass(definition.bytes());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(
                        "jackson-annotations has no " + definition.name
                                + "; services need 2.22 or later of com.fasterxml.jackson.core:jackson-annotations"
                                + " on the module path",
                        e);
            } catch (LinkageError e) {
                // another application in the container, whose class loader has the same parent, defined it first
                if (!isPresent(definition.name)) throw e;
            }
        }
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, JsonFormat.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** An interface; an annotation if it has members, which are classes. */
    static final class Definition {

        final String name;
        private final boolean optional;
        private final List<String> members;

        /** @param optional whether the members default to {@code Void.class} */
        Definition(String simpleName, boolean optional, String... members) {
            this.name = JsonFormat.class.getPackageName() + "." + simpleName;
            this.optional = optional;
            this.members = List.of(members);
        }

        byte[] bytes() {
            ClassWriter type = new ClassWriter(0);
            int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
            boolean annotation = !members.isEmpty();
            type.visit(
                    Opcodes.V1_8,
                    annotation ? access | Opcodes.ACC_ANNOTATION : access,
                    name.replace('.', '/'),
                    null,
                    "java/lang/Object",
                    annotation ? new String[] {"java/lang/annotation/Annotation"} : null);
            if (annotation) {
                AnnotationVisitor retention = type.visitAnnotation(Type.getDescriptor(Retention.class), true);
                retention.visitEnum("value", Type.getDescriptor(RetentionPolicy.class), RetentionPolicy.RUNTIME.name());
                retention.visitEnd();
            }
            for (String member : members) member(type, member);
            type.visitEnd();
            return type.toByteArray();
        }

        private void member(ClassWriter type, String member) {
            MethodVisitor method = type.visitMethod(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT, member, "()Ljava/lang/Class;", null, null);
            if (optional) {
                AnnotationVisitor value = method.visitAnnotationDefault();
                value.visit(null, Type.getType(Void.class));
                value.visitEnd();
            }
            method.visitEnd();
        }
    }
}

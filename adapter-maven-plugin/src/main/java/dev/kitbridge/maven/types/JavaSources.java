package dev.kitbridge.maven.types;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads comments and parameter names from Java sources. They are empty if the sources are missing or if Maven's JVM has
 * no compiler.
 */
public final class JavaSources {

    private final List<Path> roots;
    private final @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final Set<Class<?>> parsed = new HashSet<>();
    private final Map<String, Member> members = new HashMap<>();

    /**
     * The comment and parameter names of a member.
     *
     * @param doc its comment
     * @param parameters their names, if it is a method
     */
    record Member(String doc, List<String> parameters) {

        static final Member UNKNOWN = new Member("", List.of());
    }

    /** @param roots folders with sources; missing folders are skipped */
    public JavaSources(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** Returns the comment of a class. */
    String type(Class<?> type) {
        return known(type, name(type)).doc();
    }

    /** Returns the comment of a record component, field or getter. */
    String member(Class<?> type, String name) {
        return known(type, name(type) + "#" + name).doc();
    }

    Member method(Method method) {
        Class<?> type = method.getDeclaringClass();
        return known(type, name(type) + "#" + method.getName() + "/" + method.getParameterCount());
    }

    private Member known(Class<?> type, String key) {
        Class<?> top = type;
        while (top.getEnclosingClass() != null) top = top.getEnclosingClass();
        if (parsed.add(top)) parse(top);
        return members.getOrDefault(key, Member.UNKNOWN);
    }

    private static String name(Class<?> type) {
        String name = type.getCanonicalName();
        return name == null ? type.getName() : name;
    }

    private void parse(Class<?> top) {
        if (compiler == null) return;
        String file = top.getName().replace('.', '/') + ".java";
        for (Path root : roots) {
            Path path = root.resolve(file);
            if (!Files.isRegularFile(path)) continue;
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
                JavacTask task = (JavacTask) compiler.getTask(
                        null, files, diagnostic -> {}, List.of("-proc:none"), null, files.getJavaFileObjects(path));
                DocTrees trees = DocTrees.instance(task);
                for (CompilationUnitTree unit : task.parse()) new Scan(trees).scan(unit, packageOf(unit));
            } catch (IOException e) {
                // the declarations then have no comments
                members.putIfAbsent(name(top), Member.UNKNOWN);
            }
            return;
        }
    }

    private static String packageOf(CompilationUnitTree unit) {
        return unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
    }

    /** Visits a file; the prefix holds the names of enclosing classes. */
    private final class Scan extends TreePathScanner<@Nullable Void, String> {

        private final DocTrees trees;

        Scan(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitClass(ClassTree tree, String prefix) {
            String name = prefix + tree.getSimpleName();
            String doc = doc();
            members.put(name, new Member(withoutParameters(tree, doc), List.of()));
            for (Tree member : tree.getMembers()) {
                TreePath path = new TreePath(getCurrentPath(), member);
                if (member instanceof VariableTree variable) {
                    String own = doc(path);
                    String component =
                            own.isEmpty() ? parameter(doc, variable.getName().toString()) : own;
                    members.put(name + "#" + variable.getName(), new Member(component, List.of()));
                } else if (member instanceof MethodTree method) {
                    List<String> parameters = method.getParameters().stream()
                            .map(parameter -> parameter.getName().toString())
                            .toList();
                    Member known = new Member(doc(path), parameters);
                    members.put(name + "#" + method.getName() + "/" + parameters.size(), known);
                    if (parameters.isEmpty()) members.putIfAbsent(name + "#" + method.getName(), known);
                }
            }
            return super.visitClass(tree, name + ".");
        }

        private String doc() {
            return doc(getCurrentPath());
        }

        private String doc(TreePath path) {
            DocCommentTree comment = trees.getDocCommentTree(path);
            return comment == null ? "" : String.valueOf(trees.getDocComment(path));
        }
    }

    /** Removes the tags of components from a record's comment, because each component has its own comment. */
    private static String withoutParameters(ClassTree tree, String doc) {
        return tree.getKind() == Tree.Kind.RECORD
                ? doc.replaceAll("(?s)\\n\\s*@param .*?(?=\\n\\s*@(?!param)|$)", "")
                : doc;
    }

    private static String parameter(String doc, String name) {
        for (String block : doc.split("\\n\\s*@", -1)) {
            if (block.startsWith("param " + name + " ")) {
                return block.substring(("param " + name + " ").length())
                        .replaceAll("\\s+", " ")
                        .strip();
            }
        }
        return "";
    }
}

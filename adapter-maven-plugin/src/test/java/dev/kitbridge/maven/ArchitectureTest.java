package dev.kitbridge.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Map;

@AnalyzeClasses(packages = "dev.kitbridge.maven", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.kitbridge.(maven..)").should().beFreeOfCycles();

    /** Each package with the packages of the plugin that it may use; the Mojos may use all. */
    private static final Map<String, String> EDGES = Map.ofEntries(
            entry("failure", ""),
            entry("files", ""),
            entry("json", ""),
            entry("process", ""),
            entry("app", "failure json"),
            entry("node", "app failure json process"),
            entry("packages", "app failure files node process"),
            entry("services", "failure files process"),
            entry("types", "failure process"),
            entry("application", "failure process services"),
            entry("vite", "app failure files json node"),
            entry("emulator", "json node services"),
            entry("build", "app emulator failure files json node packages process services vite"),
            entry("serve", "app emulator failure json node packages process vite"),
            entry("builder", "build failure files json node packages"),
            entry("adapters", "build builder failure files json vite"),
            entry("report", "build json node"),
            entry(
                    "goal",
                    "adapters app application build builder emulator failure json node packages process report serve services types"
                            + " vite"));

    @ArchTest
    static final ArchRule packagesUseOnlyThoseInTheTable = edges();

    private static ArchRule edges() {
        LayeredArchitecture architecture = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        architecture = architecture.layer("mojos").definedBy("dev.kitbridge.maven");
        for (String name : EDGES.keySet()) {
            architecture = architecture.layer(name).definedBy("dev.kitbridge.maven." + name + "..");
        }
        for (Map.Entry<String, String> edges : EDGES.entrySet()) {
            architecture = edges.getValue().isEmpty()
                    ? architecture.whereLayer(edges.getKey()).mayNotAccessAnyLayer()
                    : architecture
                            .whereLayer(edges.getKey())
                            .mayOnlyAccessLayers(edges.getValue().split(" ", -1));
        }
        return architecture;
    }

    /** The packages below the Mojos could be used by another build tool. */
    @ArchTest
    static final ArchRule onlyMojosUseMaven = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.maven")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.maven.plugin..",
                    "org.apache.maven.plugins..",
                    "org.apache.maven.project..",
                    "org.apache.maven.execution..",
                    "org.eclipse.aether..",
                    "org.codehaus.plexus..");

    @ArchTest
    static final ArchRule noPackageUsesTheMojos = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.maven")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.kitbridge.maven");

    @ArchTest
    static final ArchRule nothingWritesToTheStandardStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule onlyThePackageProcessStartsProcesses = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.maven.process")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class);

    @ArchTest
    static final ArchRule onlyMojosArePublicAtTheTop = classes()
            .that()
            .resideInAPackage("dev.kitbridge.maven")
            .and()
            .haveSimpleNameNotEndingWith("Mojo")
            .should()
            .notBePublic();
}

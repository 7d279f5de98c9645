package dev.kitbridge.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.kitbridge.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** No HTTP server, no Maven, nothing of building. */
    @ArchTest
    static final ArchRule theServerDependsOnTheJdkAndAJsonParser = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.kitbridge.server..", "java..", "org.jspecify.annotations", "tools.jackson.core..");

    @ArchTest
    static final ArchRule jsonIsReadInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.server.json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    /** The top is what both halves are written in: requests, responses, bodies; but {@link Server} knows the rooms. */
    @ArchTest
    static final ArchRule roomsDoNotKnowEachOther = slices().matching("dev.kitbridge.server.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(Server.class, Server.class)
            .ignoreDependency(
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                            "dev.kitbridge.server.json", "dev.kitbridge.server.site", "dev.kitbridge.server.link"));

    @ArchTest
    static final ArchRule siteManifestKnowsJsonOnly = noClasses()
            .that()
            .resideInAPackage("dev.kitbridge.server.site")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kitbridge.server", "dev.kitbridge.server.assets", "dev.kitbridge.server.workers");

    @ArchTest
    static final ArchRule roomsDoNotKnowTheServer = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.kitbridge.server.assets", "dev.kitbridge.server.workers", "dev.kitbridge.server.link")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Server.class);

    @ArchTest
    static final ArchRule nothingWritesToTheTerminal =
            com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    /** Only workers are processes; the version of the machine's own runtime is asked for before. */
    @ArchTest
    static final ArchRule processesAreStartedInOneRoom = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.server.workers")
            .and()
            .doNotHaveFullyQualifiedName("dev.kitbridge.server.packed.MachineRuntime")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class);
}

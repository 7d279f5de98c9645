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

    /** The server uses no HTTP server, no Maven, and no class of the build. */
    @ArchTest
    static final ArchRule theServerDependsOnTheJdkAJsonParserAndCaffeine = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.server..",
                    "java..",
                    "org.jspecify.annotations",
                    "tools.jackson.core..",
                    "com.github.benmanes.caffeine..");

    @ArchTest
    static final ArchRule onlyThePageCacheUsesCaffeine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.server.internal.cache")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.github.benmanes..");

    @ArchTest
    static final ArchRule jsonIsReadInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.server.internal.json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    /** All of them use the types of the public API: requests, responses, bodies. */
    @ArchTest
    static final ArchRule internalPackagesDoNotDependOnEachOther = slices().matching(
                    "dev.kitbridge.server.internal.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                            "dev.kitbridge.server.internal.json",
                            "dev.kitbridge.server.internal.site",
                            "dev.kitbridge.server.internal.link",
                            "dev.kitbridge.server.internal.content"));

    @ArchTest
    static final ArchRule packedAppsDependOnTheSiteManifestOnly = noClasses()
            .that()
            .resideInAPackage("dev.kitbridge.server.packed")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.server.internal.assets",
                    "dev.kitbridge.server.internal.workers",
                    "dev.kitbridge.server.internal.link",
                    "dev.kitbridge.server.internal.json");

    @ArchTest
    static final ArchRule siteManifestDependsOnNothing = noClasses()
            .that()
            .resideInAPackage("dev.kitbridge.server.internal.site")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.server",
                    "dev.kitbridge.server.packed",
                    "dev.kitbridge.server.internal.assets",
                    "dev.kitbridge.server.internal.workers");

    @ArchTest
    static final ArchRule internalPackagesDoNotDependOnTheServer = noClasses()
            .that()
            .resideInAPackage("dev.kitbridge.server.internal..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Server.class);

    @ArchTest
    static final ArchRule nothingWritesToTheTerminal =
            com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    /** Workers are processes. {@code MachineRuntime} asks the machine's runtime for its version. */
    @ArchTest
    static final ArchRule processesAreStartedInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.server.internal.workers")
            .and()
            .doNotHaveFullyQualifiedName("dev.kitbridge.server.packed.MachineRuntime")
            .and()
            .doNotHaveFullyQualifiedName("dev.kitbridge.server.internal.Processes")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class);
}

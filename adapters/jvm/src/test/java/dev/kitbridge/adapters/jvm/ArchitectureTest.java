package dev.kitbridge.adapters.jvm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.kitbridge.adapters.jvm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.kitbridge.adapters.(jvm..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRunHalfKnowsNothingOfBuilding = noClasses()
            .that()
            .resideInAPackage("..jvm.run..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.adapters.jvm.build..",
                    "dev.kitbridge.adapters.jvm.emulate..",
                    "dev.kitbridge.adapter..",
                    "org.eclipse.jetty.client..",
                    "org.springframework..",
                    "org.objectweb.asm..");

    @ArchTest
    static final ArchRule theBuildHalfKnowsNothingOfRunning = noClasses()
            .that()
            .resideInAPackage("..jvm.build..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.adapters.jvm.run..", "org.eclipse.jetty..", "io.micrometer..", "io.prometheus..");

    /** A start without MANAGEMENT_PORT loads none of it. */
    @ArchTest
    static final ArchRule figuresAreKeptInOnePlace = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.kitbridge.adapters.jvm.run.watch.Metrics")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule onlyMainWritesToTheTerminal = classes()
            .that(JavaClass.Predicates.resideInAPackage("..jvm.run.."))
            .and()
            .doNotHaveSimpleName("Main")
            .should(com.tngtech.archunit.lang.conditions.ArchConditions.not(
                    com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS));
}

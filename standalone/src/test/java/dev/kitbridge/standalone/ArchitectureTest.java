package dev.kitbridge.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.kitbridge.standalone", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.kitbridge.(standalone..)").should().beFreeOfCycles();

    /** A jar without services does not contain them. */
    @ArchTest
    static final ArchRule servicesAreOptional = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.kitbridge.standalone.product.ModuleServices")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kitbridge.services..", "tools.jackson..");

    /** A start without MANAGEMENT_PORT loads none of it. */
    @ArchTest
    static final ArchRule onePackageDependsOnMicrometer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.standalone.watch")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    /** The tests of that package check its assumptions about Jetty. */
    @ArchTest
    static final ArchRule onePackageDependsOnJettysInternalClasses = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.standalone.jetty")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..internal..");

    @ArchTest
    static final ArchRule onlyMainWritesToTheTerminal = classes()
            .that(JavaClass.Predicates.resideInAPackage("dev.kitbridge.standalone.."))
            .and()
            .doNotHaveSimpleName("Main")
            .should(ArchConditions.not(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
}

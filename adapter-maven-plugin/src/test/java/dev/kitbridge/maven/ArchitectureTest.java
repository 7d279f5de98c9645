package dev.kitbridge.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.kitbridge.maven", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.kitbridge.(maven..)").should().beFreeOfCycles();

    /** Parameters in, one call out: what is below the goals could be run by something else. */
    @ArchTest
    static final ArchRule mavenEndsAtTheGoals = noClasses()
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
    static final ArchRule goalsAreNotKnownBelow = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.maven")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.kitbridge.maven");

    @ArchTest
    static final ArchRule whatIsSaidGoesThroughMavensLog = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule processesAreStartedInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kitbridge.maven.process")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class);

    @ArchTest
    static final ArchRule goalsArePublicAndAllElseOfTheTopIsNot = classes()
            .that()
            .resideInAPackage("dev.kitbridge.maven")
            .and()
            .haveSimpleNameNotEndingWith("Mojo")
            .should()
            .notBePublic();
}

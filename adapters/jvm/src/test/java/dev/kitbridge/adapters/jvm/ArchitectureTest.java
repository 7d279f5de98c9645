package dev.kitbridge.adapters.jvm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.kitbridge.adapters.jvm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.kitbridge.adapters.(jvm..)").should().beFreeOfCycles();

    /** What runs in the product is put into it as jars; both halves share the site manifest and the packed app. */
    @ArchTest
    static final ArchRule buildingKnowsNothingOfRunning = noClasses()
            .that()
            .resideInAPackage("..jvm.build..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kitbridge.standalone..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule nothingWritesToTheTerminal = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}

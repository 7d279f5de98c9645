package dev.kitbridge.adapter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.kitbridge.adapter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** A library in the API would have to have the same version in every adapter. */
    @ArchTest
    static final ArchRule theApiDependsOnTheJdkAndOnJSpecify = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.kitbridge.adapter", "java..", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule nothingIsPrinted = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule theApiIsPublic = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .bePublic();
}

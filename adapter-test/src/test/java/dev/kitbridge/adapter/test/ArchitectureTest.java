package dev.kitbridge.adapter.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** The jar alone is a program. */
    @ArchTest
    static final ArchRule THE_SUITE_NEEDS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.kitbridge.adapter.test.tck")
            .and()
            .doNotHaveSimpleName("TckTests")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.net..", "org.jspecify..", "dev.kitbridge.adapter.test.tck");

    @ArchTest
    static final ArchRule NOTHING_OF_THE_SUITE_NEEDS_ITS_TESTS_IN_JUNIT = noClasses()
            .that()
            .doNotHaveSimpleName("TckTests")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("TckTests");

    @ArchTest
    static final ArchRule TESTS_OF_ADAPT_DO_WITHOUT_THE_SUITE = noClasses()
            .that()
            .resideInAPackage("dev.kitbridge.adapter.test")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.kitbridge.adapter.test.tck");
}

package dev.kitbridge.servlet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.kitbridge.servlet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** It runs in any container, and uses the public API of the server. */
    @ArchTest
    static final ArchRule theFrontDependsOnTheServletApiAndTheServer = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.servlet",
                    "dev.kitbridge.server",
                    "dev.kitbridge.server.packed",
                    "dev.kitbridge.services",
                    "jakarta.servlet..",
                    "java..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule nothingWritesToTheTerminal = noClasses().should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
}

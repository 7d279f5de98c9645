package dev.kitbridge.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.kitbridge.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The starter is a thin layer over the servlet front. It uses the public API of the server, and no container. */
    @ArchTest
    static final ArchRule theStarterDependsOnSpringAndTheServletFront = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.spring",
                    "dev.kitbridge.servlet",
                    "dev.kitbridge.server",
                    "dev.kitbridge.server.packed",
                    "dev.kitbridge.services",
                    "dev.kitbridge.platform",
                    "org.springframework..",
                    "io.micrometer..",
                    "jakarta.servlet..",
                    "jakarta.validation..",
                    "org.apache.commons.logging",
                    "java..",
                    "org.jspecify.annotations");

    /** An application without Spring Security does not load these classes, or not these parts of them. */
    @ArchTest
    static final ArchRule fewClassesNeedSpringSecurity = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(SecuritySupport|CsrfMember|AppSecurityConfigurer|SpringErrors)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.security..");

    @ArchTest
    static final ArchRule nothingWritesToTheTerminal = noClasses().should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
}

package dev.kitbridge.services;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.library.GeneralCodingRules;

@AnalyzeClasses(packages = "dev.kitbridge.services", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** From the server, services use its interface for services, and the frames and JSON of a connection. */
    @ArchTest
    static final ArchRule servicesDependOnLittleOfTheServer = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.services..",
                    "dev.kitbridge.platform",
                    "dev.kitbridge.server",
                    "dev.kitbridge.server.internal.link",
                    "dev.kitbridge.server.internal.json",
                    "java..",
                    "org.jspecify.annotations",
                    "com.fasterxml.jackson.annotation..",
                    "tools.jackson..",
                    "org.objectweb.asm..");

    /** The host is a separate process in development. */
    @ArchTest
    static final ArchRule onlyTheHostWritesToTheTerminal = classes()
            .that()
            .doNotHaveSimpleName("ServiceHost")
            .should(ArchConditions.not(GeneralCodingRules.ACCESS_STANDARD_STREAMS));
}

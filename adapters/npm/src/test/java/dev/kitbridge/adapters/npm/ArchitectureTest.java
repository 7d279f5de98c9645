package dev.kitbridge.adapters.npm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.kitbridge.adapters.npm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The adapter uses the public API only, as any other adapter does. */
    @ArchTest
    static final ArchRule theAdapterKnowsTheApiAndJson = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.adapters.npm",
                    "dev.kitbridge.adapter",
                    "java..",
                    "tools.jackson..",
                    "org.jspecify.annotations");
}

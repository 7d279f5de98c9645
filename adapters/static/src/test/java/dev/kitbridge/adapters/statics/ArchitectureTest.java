package dev.kitbridge.adapters.statics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.kitbridge.adapters.statics", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The adapter uses the public API only, as any other adapter does. */
    @ArchTest
    static final ArchRule theAdapterKnowsTheApiOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.kitbridge.adapters.statics", "dev.kitbridge.adapter", "java..", "org.jspecify.annotations");
}

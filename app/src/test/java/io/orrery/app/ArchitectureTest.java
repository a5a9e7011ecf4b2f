package io.orrery.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rooms of the house and which way imports point. */
@AnalyzeClasses(packages = "io.orrery", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> INEXACT = Set.of(
            "exp", "expm1", "log", "log1p", "log10", "pow", "cbrt", "sin", "cos", "tan", "asin", "acos", "atan",
            "atan2", "sinh", "cosh", "tanh", "hypot");

    @ArchTest
    static final ArchRule importsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("app")
            .definedBy("io.orrery.app..")
            .layer("lab")
            .definedBy("io.orrery.lab..")
            .layer("engine")
            .definedBy("io.orrery.engine..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("lab")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("app", "lab");

    @ArchTest
    static final ArchRule theEngineDependsOnTheJdkAlone = noClasses()
            .that()
            .resideInAPackage("io.orrery.engine..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.orrery.engine..", "java..", "jdk.incubator.vector..", "org.jspecify..");

    @ArchTest
    static final ArchRule numbersKnowNothingOfTerminals = noClasses()
            .that()
            .resideInAnyPackage("io.orrery.engine..", "io.orrery.lab..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** Math's transcendental functions may differ in bits between platforms; StrictMath and the kernels' own do not. */
    @ArchTest
    static final ArchRule nothingThatReachesBitsCallsInexactMath = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.orrery.engine..", "io.orrery.lab.data..", "io.orrery.lab.model..", "io.orrery.lab.train..")
            .should()
            .callMethodWhere(new DescribedPredicate<>("a transcendental function of java.lang.Math") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getTargetOwner().isEquivalentTo(Math.class) && INEXACT.contains(call.getName());
                }
            });
}

package io.orrery.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.theory.bound.Bound;
import io.orrery.lab.theory.bound.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the house and which way imports point. */
@AnalyzeClasses(packages = "io.orrery", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String LAB = "io.orrery.lab.";
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

    /** The ground plan of the laboratory: each room may import those before it. */
    private static final List<String> ROOMS = List.of(
            "text",
            "math",
            "judge",
            "spec",
            "data",
            "file",
            "theory",
            "model",
            "train",
            "setup",
            "observe",
            "instrument",
            "run",
            "book",
            "compute",
            "study",
            "examine",
            "reference",
            "claim",
            "catalogue");

    @ArchTest
    static void roomsOfTheLaboratoryImportThoseBeforeThem(JavaClasses classes) {
        List<String> wrong = new ArrayList<>();
        for (JavaClass from : classes) {
            room(from).ifPresent(own -> {
                assertThat(ROOMS).as("rooms, for " + from.getName()).contains(own);
                from.getDirectDependenciesFromSelf()
                        .forEach(dependency -> room(dependency.getTargetClass())
                                .filter(other -> ROOMS.indexOf(other) > ROOMS.indexOf(own))
                                .ifPresent(_ -> wrong.add(dependency.getDescription())));
            });
        }
        assertThat(wrong).isEmpty();
    }

    @ArchTest
    static final ArchRule roomsOfTheLaboratoryFormNoCycle =
            slices().matching("io.orrery.lab.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesOfTheEngineFormNoCycle =
            slices().matching("io.orrery.engine.(*)..").should().beFreeOfCycles();

    private static Optional<String> room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(LAB) ? Optional.of(name.substring(LAB.length()).split("\\.")[0]) : Optional.empty();
    }

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
                    "io.orrery.engine..",
                    "io.orrery.lab.data..",
                    "io.orrery.lab.model..",
                    "io.orrery.lab.train..",
                    "io.orrery.lab.setup..",
                    "io.orrery.lab.run..",
                    "io.orrery.lab.compute..")
            .or()
            .implement(Computation.class)
            .should()
            .callMethodWhere(new DescribedPredicate<>("a transcendental function of java.lang.Math") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getTargetOwner().isEquivalentTo(Math.class) && INEXACT.contains(call.getName());
                }
            });

    private static final int MOST_FILES = 25;

    /** Folders of sources that are larger, each with the reason. */
    private static final Map<String, String> LARGER = Map.of(
            "engine/src/main/java/io/orrery/engine/kernel",
            "loops of one family call those of another, and the fewer that are public the better",
            "lab/src/test/java/io/orrery/lab/recomputed",
            "one file for each instrument beside the plain loops that they share",
            "bench/src/main/java/io/orrery/bench",
            "suites and what they time");

    @Test
    void noFolderOfSourcesHasMoreFilesThanCanBeSeenAtOnce() throws IOException {
        Path root = Path.of(System.getProperty("orrery.root", ".."));
        Map<String, Long> files = new TreeMap<>();
        for (Path module : List.of(Path.of("engine"), Path.of("lab"), Path.of("app"), Path.of("bench"))) {
            try (Stream<Path> all = Files.walk(root.resolve(module).resolve("src"))) {
                all.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                        .forEach(file -> files.merge(
                                root.relativize(file.getParent()).toString().replace('\\', '/'), 1L, Long::sum));
            }
        }
        assertThat(files).hasSizeGreaterThan(50);
        Set<String> larger = files.entrySet().stream()
                .filter(folder -> folder.getValue() > MOST_FILES)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(larger)
                .as("folders of more than " + MOST_FILES + " files: split them by what belongs together")
                .isEqualTo(LARGER.keySet());
    }

    @ArchTest
    static final ArchRule instrumentsAreInTheFoldersOfTheirFamilies =
            classes().that().implement(Instrument.class).should().resideInAPackage("io.orrery.lab.instrument.*..");

    @ArchTest
    static final ArchRule claimsAreInTheFoldersOfTheirFamilies =
            classes().that().implement(Claim.class).should().resideInAPackage("io.orrery.lab.claim.*..");

    /** A class that its registry does not name is never run, listed or measured, and nothing else would say so. */
    @ArchTest
    static void whatIsWrittenIsRegistered(JavaClasses all) {
        Set<String> registered = Stream.of(Claims.all(), Instruments.all(), Bounds.all())
                .flatMap(List::stream)
                .map(thing -> thing.getClass().getName())
                .collect(Collectors.toSet());
        List<String> forgotten = all.stream()
                .filter(type -> !type.isInterface())
                .filter(type ->
                        Stream.of(Claim.class, Instrument.class, Bound.class).anyMatch(type::isAssignableTo))
                .map(JavaClass::getName)
                .filter(name -> !registered.contains(name))
                .toList();
        assertThat(forgotten)
                .as("without a line in Claims, Instruments or Bounds")
                .isEmpty();
        assertThat(registered).hasSizeGreaterThan(80);
    }
}

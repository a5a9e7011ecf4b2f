package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.examine.Evaluated;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of other arms are examined as they were, once, on any number of threads to the same bits. */
final class ExaminationTest {
    private static final SpecDocument BASE = Protocol.spec("""
            data: {source: gaussian-mixture, components: 3, train: 30, test: 21, dimensions: 5, batchSize: 10}
            model: {kind: mlp, widths: [6], bias: true}
            optimizer: {kind: sgd, learningRate: 0.05}
            stop: {steps: 40}
            measure: {instruments: [loss]}
            """);
    private static final Setting TWICE = Setting.empty().with("factor", 2);

    @TempDir
    Path folder;

    /** What it says of each network, and of one whose weights are multiplied. */
    private record Look() implements Examination {
        @Override
        public String name() {
            return "look";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public String about() {
            return "what networks do";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(Parameter.real("factor", "what weights are multiplied by", 0, 10));
        }

        @Override
        public Results examine(List<Examined> networks, long seed, Setting setting) {
            Results results = Results.none()
                    .with("seeds", networks.stream().mapToDouble(Examined::seed).toArray())
                    .with("steps", networks.stream().mapToDouble(Examined::step).toArray());
            double[] losses = new double[networks.size()];
            double[] accuracies = new double[networks.size()];
            for (int i = 0; i < losses.length; i++) {
                Evaluated there = networks.get(i).evaluate(SplitName.TEST);
                losses[i] = there.loss();
                accuracies[i] = there.accuracy();
            }
            Examined first = networks.getFirst();
            Map<String, double[]> scaled = new java.util.LinkedHashMap<>(first.arrays());
            for (String last : List.of("layers.1.weight", "layers.1.bias")) {
                scaled.put(
                        last,
                        Arrays.stream(first.array(last))
                                .map(value -> value * setting.get("factor"))
                                .toArray());
            }
            return results.with("loss", losses)
                    .with("accuracy", accuracies)
                    .with("weights", first.array("layers.0.weight"))
                    .with("last-weights", first.array("layers.1.weight"))
                    .with("last-bias", first.array("layers.1.bias"))
                    .with("input", Arrays.copyOf(first.features(SplitName.TEST, "layers.0", first.arrays())[4], 6))
                    .with("output", first.evaluate(SplitName.TEST).outputs()[4])
                    .with("scaled", first.evaluate(SplitName.TEST, scaled).outputs()[4]);
        }
    }

    private record Looking(List<Arm> arms) implements Claim {
        @Override
        public Card card() {
            return new CardDraft("looking", Kind.EFFECT).states("It looks.").quickSeconds(1);
        }

        @Override
        public Protocol protocol(Scale scale) {
            return new Protocol(3, arms);
        }

        @Override
        public Judgement judge(Evidence evidence) {
            Ruling any = Ruling.of(Exactly.bound("one", "at most one", new double[] {1, 1}, new double[] {1, 1}));
            return new Judgement(any, any, List.of(), List.of());
        }
    }

    private ClaimResult run(String book, int threads, Arm... arms) {
        return new ClaimRunner(folder.resolve(book), threads, Map.of())
                .run(
                        new Looking(List.of(arms)),
                        Scale.QUICK,
                        new Alterations(List.of(), Optional.of("2001-2003")),
                        StudyListener.SILENT)
                .orElseThrow();
    }

    private static Arm look(String name, At... of) {
        return Arm.treatment(name, new Look(), TWICE, of);
    }

    @Test
    void aNetworkIsExaminedAsItsRunMeasuredIt() {
        ClaimResult result = run(
                "book",
                2,
                Arm.treatment("trained", BASE.having("measure.at=[17]")),
                look("look", At.end("trained"), At.step("trained", 17), At.step("trained", 0)));
        ArmRuns trained = result.evidence().arm("trained");
        double[][] losses = result.evidence().arm("look").lastVectors("look.loss");
        double[][] accuracies = result.evidence().arm("look").lastVectors("look.accuracy");
        assertThat(losses).hasDimensions(3, 3);
        for (int seed = 0; seed < 3; seed++) {
            assertThat(losses[seed][0]).isCloseTo(trained.last("loss.loss@test")[seed], within(1e-12));
            assertThat(losses[seed][1]).isCloseTo(trained.at("loss.loss@test", 17)[seed], within(1e-12));
            assertThat(losses[seed][2]).isCloseTo(trained.first("loss.loss@test")[seed], within(1e-12));
            assertThat(accuracies[seed][0]).isEqualTo(trained.last("loss.accuracy@test")[seed]);
        }
        assertThat(result.evidence().arm("look").lastVectors("look.steps")[0]).containsExactly(40, 17, 0);
        assertThat(result.evidence().arm("look").setting()).isEqualTo(TWICE);
    }

    @Test
    void otherArraysAndFeaturesGoThroughTheSameNetwork() {
        ArmRuns look = run("book", 1, Arm.treatment("trained", BASE), look("look", At.end("trained")))
                .evidence()
                .arm("look");
        double[] hidden = look.lastVectors("look.input")[0];
        double[] weights = look.lastVectors("look.last-weights")[0];
        double[] bias = look.lastVectors("look.last-bias")[0];
        double[] output = look.lastVectors("look.output")[0];
        double[] scaled = look.lastVectors("look.scaled")[0];
        assertThat(Arrays.stream(hidden)).allMatch(value -> value >= 0).anyMatch(value -> value > 0);
        for (int i = 0; i < 3; i++) {
            double sum = bias[i];
            for (int j = 0; j < 6; j++) {
                sum += weights[i * 6 + j] * hidden[j];
            }
            assertThat(output[i]).isCloseTo(sum, within(1e-5));
            assertThat(scaled[i]).as("a power of two is exact").isEqualTo(2 * output[i]);
        }
    }

    @Test
    void itIsKeptAndTheSameOnAnyNumberOfThreads() {
        Arm[] arms = {Arm.treatment("trained", BASE), look("look", At.end("trained"), At.step("trained", 5))};
        ClaimResult first = run("book", 1, arms);
        ClaimResult again = run("book", 3, arms);
        ClaimResult elsewhere = run("other", 3, arms);
        assertThat(first.alreadyDone()).isZero();
        assertThat(again.alreadyDone()).isEqualTo(6);
        for (ClaimResult other : List.of(again, elsewhere)) {
            assertThat(other.evidence().arm("look").runs().stream().map(run -> run.measurements()))
                    .isEqualTo(first.evidence().arm("look").runs().stream()
                            .map(run -> run.measurements())
                            .toList());
            assertThat(other.evidence().arm("look").runs().stream().map(run -> run.id()))
                    .isEqualTo(first.evidence().arm("look").runs().stream()
                            .map(run -> run.id())
                            .toList());
        }
        assertThat(folder.resolve("book/claims/computed"))
                .isDirectoryContaining(file -> file.toString().contains("look-seed-2001"));
        Claim claim = new Looking(List.of(arms));
        Alterations seeds = new Alterations(List.of(), Optional.of("2001-2003"));
        new ClaimRunner(folder.resolve("book"), 1, Map.of()).forget(claim, Scale.QUICK, seeds);
        assertThat(folder.resolve("book/claims/computed")).isEmptyDirectory();
    }

    @Test
    void itsIdFollowsTheNetworks() {
        String one = run("book", 1, Arm.treatment("trained", BASE), look("look", At.end("trained")))
                .evidence()
                .arm("look")
                .runs()
                .getFirst()
                .id();
        String other = run(
                        "book",
                        1,
                        Arm.treatment("trained", BASE.having("optimizer.learningRate=0.04")),
                        look("look", At.end("trained")))
                .evidence()
                .arm("look")
                .runs()
                .getFirst()
                .id();
        assertThat(other).isNotEqualTo(one);
    }

    @Test
    void seedsAreExaminedInPairs() {
        ArmRuns pairs = run(
                        "book",
                        2,
                        Arm.treatment("trained", BASE.having("data.seed=1")),
                        look("pairs", At.end("trained"), At.end("trained").ofNextSeed()))
                .evidence()
                .arm("pairs");
        assertThat(pairs.count()).as("the third has none beside it").isEqualTo(1);
        assertThat(pairs.lastVectors("look.seeds")).isDeepEqualTo(new double[][] {{2001, 2002}});
    }

    @Test
    void whatDivergedIsNotExamined() {
        ArmRuns look = run(
                        "book",
                        1,
                        Arm.treatment("trained", BASE.having("optimizer.learningRate=1e6")),
                        look("look", At.end("trained")))
                .evidence()
                .arm("look");
        assertThat(look.count()).isEqualTo(3);
        assertThat(look.last("look.factor")).containsOnly(Double.NaN);
    }

    @Test
    void aUserMaySetWhatItDependsOn() {
        Claim claim = new Looking(List.of(Arm.treatment("trained", BASE), look("look", At.end("trained"))));
        ClaimResult result = new ClaimRunner(folder, 1, Map.of())
                .run(
                        claim,
                        Scale.QUICK,
                        new Alterations(List.of("factor=3"), Optional.of("2001-2002")),
                        StudyListener.SILENT)
                .orElseThrow();
        assertThat(result.evidence().arm("look").setting().get("factor")).isEqualTo(3);
        assertThat(result.beyond()).containsExactly("factor=3");
    }

    @Test
    void onlyTrainedArmsBeforeItCanBeExamined() {
        assertThatThrownBy(() -> new Looking(List.of(look("look", At.end("trained")), Arm.control("trained", BASE)))
                        .protocol(Scale.QUICK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("examines 'trained', which is no arm that is trained before it");
    }
}

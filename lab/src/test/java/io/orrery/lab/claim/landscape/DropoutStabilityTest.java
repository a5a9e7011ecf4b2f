package io.orrery.lab.claim.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import io.orrery.lab.judge.Controlled;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DropoutStabilityTest {
    private static final SpecDocument BASE = Protocol.spec("""
            data: {source: teacher-network, train: 20, test: 10, dimensions: 3, batchSize: 10}
            model: {kind: mlp, widths: [4], bias: true}
            loss: {kind: square, half: true}
            optimizer: {kind: sgd, learningRate: 0.05}
            stop: {steps: 20}
            measure: {instruments: [loss]}
            """);

    @TempDir
    Path book;

    /** What goes in and out of a network of one input and output whose unit i is out[i] relu(in[i] x), no biases. */
    private static double output(HiddenUnits units, double x) {
        double sum = 0;
        for (int i = 0; i < units.count(); i++) {
            sum += units.out()[i] * Math.max(0, units.in()[i] * x);
        }
        return sum;
    }

    private static HiddenUnits units(double[] in, double[] out) {
        return new HiddenUnits(in, new double[0], out, new double[0], in.length);
    }

    @Test
    void thePathGoesThroughHalfOfEachNetwork() {
        HiddenUnits one = units(new double[] {1, 2}, new double[] {3, 5});
        HiddenUnits other = units(new double[] {7, 11}, new double[] {13, 17});
        List<HiddenUnits> corners = PathOfHalves.corners(one, other, new int[] {1, 0}, 2);
        double[] outputs =
                corners.stream().mapToDouble(corner -> output(corner, 1)).toArray();
        // whole: 1*3 + 2*5; unit 1 alone, doubled: 2*2*5; of the other 11*17 doubled; whole: 7*13 + 11*17
        assertThat(outputs).containsExactly(13, 20, 20, 374, 374, 374, 374, 278);
        assertThat(corners.get(2).in()).containsExactly(11, 2);
        assertThat(corners.get(4).in()).containsExactly(11, 11);
        assertThat(output(corners.get(4).towards(corners.get(5), 0.3), 1))
                .as("two units that are alike share what goes out of them")
                .isCloseTo(374, within(1e-12));
        assertThat(corners.get(6).in()).containsExactly(7, 11);
        assertThat(corners.getLast().out()).containsExactly(13, 17);
    }

    @Test
    void theIncreaseIsOverTheWorseEnd() {
        assertThat(PathOfHalves.increase(new double[] {1, 5, 2})).isEqualTo(3);
        assertThat(PathOfHalves.increase(new double[] {4, 1, 2})).isZero();
    }

    private record Asked(List<Arm> arms) implements Claim {
        @Override
        public Card card() {
            return new CardDraft("asked", Kind.EFFECT).states("It is asked.").quickSeconds(1);
        }

        @Override
        public Protocol protocol(Scale scale) {
            return new Protocol(1, arms);
        }

        @Override
        public Judgement judge(Evidence evidence) {
            Ruling any = Ruling.of(Exactly.bound("one", "at most one", new double[] {1}, new double[] {1}));
            return new Judgement(any, any, List.of(), List.of());
        }
    }

    private Evidence run(Arm... arms) {
        return new ClaimRunner(book, 1, Map.of())
                .run(
                        new Asked(List.of(arms)),
                        Scale.QUICK,
                        new Alterations(List.of(), Optional.of("2001-2001")),
                        StudyListener.SILENT)
                .orElseThrow()
                .evidence();
    }

    /** The change of the loss by plain loops, mean over all draws that the stream gives. */
    private record Loops() implements Examination {
        @Override
        public String name() {
            return "loops";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public String about() {
            return "the same by plain loops";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Results examine(List<Examined> networks, long seed, Setting setting) {
            Examined network = networks.getFirst();
            double whole = loss(network, new double[] {1, 1, 1, 1});
            double change = 0;
            for (int draw = 0; draw < 3; draw++) {
                int[] order = RandomStream.of(seed, "units-left/units").permutation(draw, 4);
                double[] factors = new double[4];
                factors[order[0]] = 4;
                change += Math.abs(loss(network, factors) - whole) / 3;
            }
            return Results.none().with("change", change);
        }

        private static double loss(Examined network, double[] factors) {
            double[] in = network.array("layers.0.weight");
            double[] inBias = network.array("layers.0.bias");
            double[] out = network.array("layers.1.weight");
            double sum = 0;
            Split test = network.data().split(SplitName.TEST).orElseThrow();
            SharedArray targets = ((Targets.Real) test.targets()).values();
            for (int example = 0; example < 10; example++) {
                double y = network.array("layers.1.bias")[0];
                for (int unit = 0; unit < 4; unit++) {
                    double z = inBias[unit];
                    for (int j = 0; j < 3; j++) {
                        z += in[unit * 3 + j] * test.inputs().get(example * 3 + j);
                    }
                    y += factors[unit] * out[unit] * Math.max(0, z);
                }
                double miss = y - targets.get(example);
                sum += miss * miss / 2 / 10;
            }
            return sum;
        }
    }

    @Test
    void whatIsLeftIsMultipliedAndTheLossTakenAgain() {
        Evidence evidence = run(
                Arm.treatment("one", BASE),
                Arm.treatment("one left", new UnitsLeft(), UnitsLeft.setting(1, 3, true), At.end("one")),
                Arm.treatment("all left", new UnitsLeft(), UnitsLeft.setting(4, 3, true), At.end("one")),
                Arm.treatment("loops", new Loops(), Setting.empty(), At.end("one")));
        double expected = evidence.arm("loops").last("loops.change")[0];
        assertThat(expected).isGreaterThan(1e-3);
        assertThat(evidence.arm("one left").last("units-left.test-change")[0]).isCloseTo(expected, within(1e-5));
        assertThat(evidence.arm("all left").last("units-left.test-change")[0]).isCloseTo(0, within(1e-6));
    }

    @Test
    void thePathBeginsAndEndsAtTheNetworksAndIsHighestAtACorner() {
        Evidence evidence = run(
                Arm.treatment("one", BASE),
                Arm.treatment("other", BASE.having("draw=1")),
                Arm.treatment(
                        "path", new PathOfHalves(), PathOfHalves.setting(1, 4, true), At.end("one"), At.end("other")));
        double[] path = evidence.arm("path").lastVectors("path-of-halves.test-path")[0];
        double[] straight = evidence.arm("path").lastVectors("path-of-halves.test-straight")[0];
        for (double[] way : List.of(path, straight)) {
            assertThat(way[0]).isCloseTo(evidence.arm("one").last("loss.loss@test")[0], within(1e-6));
            assertThat(way[28]).isCloseTo(evidence.arm("other").last("loss.loss@test")[0], within(1e-6));
        }
        assertThat(Arrays.copyOfRange(path, 4, 9)).as("silent units change").containsOnly(path[4]);
        for (int point = 12; point <= 24; point++) {
            assertThat(path[point]).as("point " + point).isCloseTo(path[12], within(1e-6));
        }
        double corners =
                DoubleStream.of(path[0], path[4], path[12], path[28]).max().orElseThrow();
        assertThat(Arrays.stream(path).max().orElseThrow()).isCloseTo(corners, within(1e-6));
    }

    @Test
    void networksOfAnotherShapeAreRefused() {
        assertThatThrownBy(() -> run(
                        Arm.treatment("one", BASE.having("model.widths=[4, 4]")),
                        Arm.control("left", new UnitsLeft(), UnitsLeft.setting(1, 1, true), At.end("one"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected one hidden layer of dense units (mlp) without normalization");
        assertThatThrownBy(() -> run(
                        Arm.treatment("one", BASE.having("model.widths=[3]")),
                        Arm.control(
                                "path",
                                new PathOfHalves(),
                                PathOfHalves.setting(1, 1, true),
                                At.end("one"),
                                At.end("one"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the same even number of hidden units, found 3 and 3");
    }

    /** What changes with the width, as a power of it, and what does not, with a tenth of spread over seeds. */
    private static List<Outcome> judged(double exponent, double unscaled, double wideOverNarrow) {
        RandomStream noise = RandomStream.of(1, "noise");
        DropoutStability claim = new DropoutStability();
        Evidence evidence = MadeUpResults.of(claim, (arm, _, seed) -> {
            double spread = StrictMath.exp(0.1 * noise.normal(arm.hashCode() & 0xffff, seed));
            double width = Double.parseDouble(arm.replaceAll("^.*(of|at) (\\d+).*$", "$2"));
            DoubleUnaryOperator power = by -> StrictMath.pow(width, by);
            double value = arm.startsWith("32 of")
                    ? (width == 1024 ? wideOverNarrow : 1)
                    : power.applyAsDouble(arm.contains("not doubled") ? unscaled : exponent);
            double[] course = new double[29];
            Arrays.fill(course, value);
            return Results.none()
                    .with("test-change", value * spread)
                    .with("test-increase", value * spread)
                    .with("test-straight-increase", value)
                    .with("test-path", course);
        });
        return claim.judge(evidence).sentences().stream()
                .map(sentence -> sentence.verdict().findings().stream()
                        .map(Controlled::outcome)
                        .distinct()
                        .reduce((a, b) -> Outcome.INCONCLUSIVE)
                        .orElseThrow())
                .toList();
    }

    @Test
    void madeUpNumbersDecideIt() {
        assertThat(judged(-0.8, 0, 1)).containsExactly(Outcome.SUPPORTED, Outcome.SUPPORTED);
        assertThat(judged(-0.2, 0, 1.5)).containsExactly(Outcome.REFUTED, Outcome.REFUTED);
        assertThat(judged(-0.8, -0.8, 1)).as("any removal would do").startsWith(Outcome.INCONCLUSIVE);
        assertThat(judged(0, 0, 1))
                .as("half of the units change the loss alike at all widths: their number does not matter")
                .containsExactly(Outcome.REFUTED, Outcome.INCONCLUSIVE);
    }
}

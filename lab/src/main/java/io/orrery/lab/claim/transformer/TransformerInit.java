package io.orrery.lab.claim.transformer;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.ComputedCurves;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Provenance;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.TransformerSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Sizes of tokens and gradients in a random transformer follow a recursion, and sign steps change more the wider it is. */
@Serves("002-042")
public final class TransformerInit implements Claim {
    private static final String SERIES = TransformerSignals.NAME + ".";
    private static final List<String> WIDTHS = List.of("64", "128", "256");
    private static final int LAW_DRAWS = 500;
    private static final String PILOTS = "3001-3010";

    private static final Threshold SQUARE = Threshold.about(1, 0.1);
    private static final Threshold COSINE = Threshold.within(-0.05, 0.05);
    private static final Threshold GRADIENT = Threshold.about(1, 0.15);
    private static final Threshold EXPONENT = Threshold.about(1, 0.15);

    private static final String SQUARES = "mean square of tokens over its law, the mean over parts";
    private static final String COSINES = "cosine of tokens less its law, the mean over parts";
    private static final String GRADIENTS = "squared gradient at the input over its law";
    private static final String UPDATES = "exponent of the change by a step of signs with the width";

    /** What the theory gives before the first part and after each. */
    private record Law(double[] squares, double[] cosines, double[] gradients) {
        static Law of(Setting setting, double attention, boolean throughLogits) {
            int tokens = setting.whole("tokens");
            Matrix start = Matrix.zeros(tokens, tokens);
            for (int i = 0; i < tokens * tokens; i++) {
                start.values()[i] = i % (tokens + 1) == 0 ? 1 : setting.get("cosine");
            }
            TransformerSignal theory = new TransformerSignal(attention, 1, LAW_DRAWS);
            List<Matrix> grams = theory.forward(start, setting.whole("blocks"));
            double[] squares = grams.stream()
                    .mapToDouble(gram -> IntStream.range(0, tokens)
                            .mapToDouble(token -> gram.at(token, token))
                            .average()
                            .orElseThrow())
                    .toArray();
            double[] cosines = grams.stream()
                    .mapToDouble(gram -> TransformerSignals.meanOffDiagonal(TransformerSignal.cosines(gram)))
                    .toArray();
            return new Law(squares, cosines, theory.backward(grams, throughLogits));
        }
    }

    @Override
    public Card card() {
        return new CardDraft("transformer-init", Kind.EFFECT)
                .states(
                        "In a random transformer with normalization before each part, mean squares and cosines of tokens grow, and gradients"
                                + " with them towards the input, by a recursion over parts, within 10%, 0.05 and 15% at width 256; what a step"
                                + " by signs does to a matrix's outputs grows like the width.")
                .source("Dinan, Yaida and Zhang 2023, arXiv 2304.02034")
                .literature(
                        "\"We perform an effective-theory analysis of forward-backward signal propagation in wide and deep Transformers, i.e.,"
                                + " residual neural networks with multi-head self-attention blocks and multilayer perceptron blocks. This analysis suggests"
                                + " particular width scalings of initialization and training hyperparameters for these models.\" (abstract)")
                .because(
                        "Every part sees tokens of the same size and adds about the same, so mean squares grow evenly and later parts weigh"
                                + " less. Attention averages tokens and makes them alike. A step by signs adds up over a matrix's inputs, as"
                                + " many as the width, while a gradient is itself smaller the wider the matrix.")
                .control(
                        "Of tokens, the recursion without attention; of gradients, the recursion with what goes through the values alone, without"
                                + " queries and keys; of the step by signs, a step by the gradient, which grows like the square root.")
                .cause("attention", "attention=0")
                .limit(
                        SQUARES,
                        SQUARE,
                        Provenance.argued(
                                "the recursion is of infinite width; at 256, with 64 a head, terms of order 1/64 remain; without"
                                        + " attention they are more than half as large again"))
                .limit(
                        COSINES,
                        COSINE,
                        Provenance.argued(
                                "cosines of drawn tokens err by 1 / sqrt(256); attention changes them by several times the limit"))
                .limit(
                        GRADIENTS,
                        GRADIENT,
                        Provenance.argued(
                                "errors of a few percent for each of twelve parts; twice that of mean squares would be too wide"))
                .limit(
                        UPDATES,
                        EXPONENT,
                        Provenance.argued("1 by counting inputs, and 1/2 for steps by the gradient lies far outside"))
                .refutedBy(
                        "Tokens or gradients apart from the recursion by more than the limits, or steps by signs whose effect does not grow like"
                                + " the width.")
                .seenRefuted(
                        "On pilot seeds 3001-3010 mean squares are 1.71 times what the recursion without attention gives, cosines 0.28 above it,"
                                + " gradients at the input 1.30 times what goes through the values alone, and a step by the gradient has"
                                + " the exponent 0.53.")
                .assuming(
                        "8 tokens with cosines of 0.2 at the start, 4 heads, 6 blocks, hidden layers of twice the width, ReLU, weights of variance"
                                + " 1 / fan-in; independent gradients of norm 1 at the end; eight transformers a seed.")
                .assuming(
                        "The recursion was derived again. What goes through queries and keys is of the same order as what goes through the"
                                + " values: without it the squared gradient at the input is a fifth too small.")
                .assuming(
                        "Updates are of the first matrix of the last two-layer part: root mean square of the change of what it gives, per unit"
                                + " of the learning rate. So a rate like 1 / width keeps it the same.")
                .free("draws", "heads", "blocks", "tokens")
                .pilot(SQUARES, 1.001, 0.020, PILOTS)
                .pilot(COSINES, -0.005, 0.009, PILOTS)
                .pilot(GRADIENTS, 1.018, 0.031, PILOTS)
                .pilot(UPDATES, 1.008, 0.024, PILOTS)
                .quickSeconds(35);
    }

    @Override
    public Protocol protocol(Scale scale) {
        Setting base = Setting.empty()
                .with("heads", 4)
                .with("blocks", 6)
                .with("attention", 1)
                .with("tokens", 8)
                .with("cosine", 0.2)
                .with("draws", scale == Scale.QUICK ? 8 : 30);
        List<Arm> arms = WIDTHS.stream()
                .map(width -> Arm.treatment(
                        name(width), new TransformerSignals(), base.with("width", Double.parseDouble(width))))
                .toList();
        return new Protocol(scale == Scale.QUICK ? 10 : 20, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> arms =
                WIDTHS.stream().map(width -> evidence.arm(name(width))).toList();
        ArmRuns wide = arms.getLast();
        Law law = Law.of(wide.setting(), wide.setting().get("attention"), true);
        Law valuesAlone = Law.of(wide.setting(), wide.setting().get("attention"), false);
        Law without = Law.of(wide.setting(), 0, true);
        return new Judgement(
                Ruling.of(
                        squares(wide, law), cosines(wide, law), gradients(wide, law), updates(arms, "update-by-signs")),
                Ruling.of(
                        squares(wide, without).controlling(SQUARES),
                        cosines(wide, without).controlling(COSINES),
                        gradients(wide, valuesAlone).controlling(GRADIENTS),
                        updates(arms, "update-by-gradient").controlling(UPDATES)),
                List.of(
                        course(
                                "Mean square of tokens",
                                arms,
                                "squares",
                                law.squares,
                                without.squares,
                                "without attention",
                                "Every part adds about the same."),
                        course(
                                "Cosine of tokens",
                                arms,
                                "cosines",
                                law.cosines,
                                without.cosines,
                                "without attention",
                                "Tokens become alike, by attention and by ReLU."),
                        course(
                                "Squared gradient of a token",
                                arms,
                                "gradients",
                                law.gradients,
                                valuesAlone.gradients,
                                "through values alone",
                                "From the end, on the right, to the input. Early parts gain the most, since tokens are small there."),
                        updates(arms)),
                List.of());
    }

    private static Finding squares(ArmRuns arm, Law law) {
        return Level.of(
                SQUARES,
                "mean squares follow the recursion",
                arm.lastOfVectors(SERIES + "squares", values -> overParts(values, at -> values[at] / law.squares[at])),
                SQUARE);
    }

    private static Finding cosines(ArmRuns arm, Law law) {
        return Level.of(
                COSINES,
                "cosines follow the recursion",
                arm.lastOfVectors(SERIES + "cosines", values -> overParts(values, at -> values[at] - law.cosines[at])),
                COSINE);
    }

    private static Finding gradients(ArmRuns arm, Law law) {
        return Level.of(
                GRADIENTS,
                "gradients follow the recursion",
                arm.lastOfVectors(SERIES + "gradients", values -> values[0] / law.gradients[0]),
                GRADIENT);
    }

    private static Finding updates(List<ArmRuns> arms, String series) {
        return Trend.of(
                        "the change by a step",
                        "the width",
                        arms.stream()
                                .mapToDouble(
                                        arm -> Double.parseDouble(arm.name().replace("width ", "")))
                                .toArray(),
                        arms.stream().map(arm -> arm.last(SERIES + series)).toArray(double[][]::new))
                .powerLaw("a step by signs changes more the wider the matrix", EXPONENT)
                .named(UPDATES);
    }

    private static double overParts(double[] values, IntToDoubleFunction number) {
        return IntStream.range(1, values.length).mapToDouble(number).average().orElse(Double.NaN);
    }

    private static Figure course(
            String title,
            List<ArmRuns> arms,
            String series,
            double[] law,
            double[] wrong,
            String wrongName,
            String caption) {
        double[] places = IntStream.range(0, law.length).asDoubleStream().toArray();
        List<Figure.Curve> curves = new ArrayList<>();
        curves.add(ComputedCurves.law("the recursion", Arm.Part.TREATMENT, places, law));
        curves.add(ComputedCurves.law(wrongName, Arm.Part.CONTROL, places, wrong));
        for (ArmRuns arm : arms) {
            curves.add(ComputedCurves.of(arm.name(), Arm.Part.TREATMENT, arm, SERIES + series, places)
                    .apart());
        }
        return new Figure(
                title,
                Figure.Axis.linear("parts passed, attention and two layers in turns"),
                Figure.Axis.linear(title.toLowerCase(Locale.ROOT)),
                curves,
                List.of(),
                caption + " Lines are of infinite width; nothing is fitted.");
    }

    private static Figure updates(List<ArmRuns> arms) {
        return new Figure(
                "What one step changes",
                Figure.Axis.logarithmic("width"),
                Figure.Axis.logarithmic("change of outputs over the learning rate"),
                List.of(
                        changes("by signs, as Adam's first", Arm.Part.TREATMENT, arms, "update-by-signs"),
                        changes("by the gradient", Arm.Part.CONTROL, arms, "update-by-gradient")),
                List.of(),
                "By signs it grows like the width, by the gradient like its square root.");
    }

    private static Figure.Curve changes(String name, Arm.Part part, List<ArmRuns> arms, String series) {
        double[] widths = WIDTHS.stream().mapToDouble(Double::parseDouble).toArray();
        double[][] measured =
                arms.stream().map(arm -> arm.last(SERIES + series)).toArray(double[][]::new);
        return ComputedCurves.points(name, part, widths, measured).joined();
    }

    private static String name(String width) {
        return "width " + width;
    }
}

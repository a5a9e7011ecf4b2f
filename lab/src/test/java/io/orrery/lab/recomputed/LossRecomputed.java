package io.orrery.lab.recomputed;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import java.util.Arrays;

/** Loss, objective and accuracy: means over a split or its sample. */
final class LossRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "loss";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        double decay = 0;
        for (String name : moment.trained()) {
            double norm = PlainAlgebra.norm(moment.array(name));
            decay += moment.decayFactor(name) / 2 * norm * norm;
        }
        for (SplitName name : SplitName.values()) {
            double decayTerm = decay;
            moment.split(name).ifPresent(split -> {
                double[] scores = scores(moment, name, split);
                expected.number("loss", "", name.text(), scores[0]);
                expected.number("objective", "", name.text(), scores[0] + decayTerm);
                if (!Double.isNaN(scores[1])) {
                    expected.number("accuracy", "", name.text(), scores[1]);
                }
                if (moment.data.target() instanceof TargetKind.Tokens) {
                    expected.number("sequence-accuracy", "", name.text(), scores[2]);
                }
                expected.number("examples", "", name.text(), rows(moment, name, split).length);
            });
        }
    }

    /** All examples at a look that the spec asks for, else as many as the spec says. */
    private static int[] rows(Moment moment, SplitName name, Split split) {
        int[] rows = new int[split.count()];
        Arrays.setAll(rows, i -> i);
        int sample = moment.spec.measure().sample().orElse(5000);
        if (moment.whole() || rows.length <= sample) {
            return rows;
        }
        int[] order = RandomStream.of(moment.seed, "probe").permutation(name.ordinal(), rows.length);
        int[] first = Arrays.copyOf(order, sample);
        Arrays.sort(first);
        return first;
    }

    /** Mean loss, share of questions that are answered right (NaN without any), share of examples of which all are. */
    static double[] scores(Moment moment, SplitName name, Split split) {
        int[] rows = rows(moment, name, split);
        double loss = 0;
        double asked = 0;
        double right = 0;
        double whole = 0;
        for (int row : rows) {
            Signal outputs = moment.now.apply(moment.example(split, row)).outputs();
            loss += moment.loss.of(outputs, split.targets(), row).value();
            int[] answered = moment.loss.answered(outputs.value(), split.targets(), row);
            asked += answered[0];
            right += answered[1];
            whole += answered[0] == answered[1] ? 1 : 0;
        }
        return new double[] {loss / rows.length, right / asked, whole / rows.length};
    }
}

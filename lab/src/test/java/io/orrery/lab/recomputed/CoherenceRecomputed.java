package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import java.util.ArrayList;
import java.util.List;

/** The mean of g_n . g_m over all pairs of examples, each with itself too, as a multiple of what orthogonal ones would have. */
final class CoherenceRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "gradient-coherence";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        List<double[]> all = new ArrayList<>();
        List<double[]> wrong = new ArrayList<>();
        int asked = 0;
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        for (int n = 0; n < probe.rows().length; n++) {
            double[] gradient = moment.gradient(probe.rows()[n]);
            all.add(gradient);
            int[] answered = moment.loss.answered(probe.outputs()[n], probe.targets(), n);
            asked += answered[0];
            if (answered[1] < answered[0]) {
                wrong.add(gradient);
            }
        }
        coherence("coherence", all, expected);
        expected.number("examples", all.size());
        if (asked > 0) {
            coherence("coherence-wrong", wrong, expected);
            expected.number("wrong", wrong.size());
        }
    }

    private static void coherence(String quantity, List<double[]> gradients, Expected expected) {
        double pairs = 0;
        double own = 0;
        for (double[] one : gradients) {
            for (double[] other : gradients) {
                pairs += PlainAlgebra.dot(one, other);
            }
            own += PlainAlgebra.dot(one, one);
        }
        if (own != 0) {
            // Gradients that cancel leave a number that is as exact as if they had not.
            expected.leftover(quantity, "", "", gradients.size(), pairs / own);
        }
    }
}

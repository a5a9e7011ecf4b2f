package io.orrery.lab.observe.reading;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.ExampleChoice;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Scores;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Single examples' gradients of the data loss over the training probe, and how they add up: with respect to all trained
 * parameters, in evaluation mode, under frobenius normalization tangent to the sphere.
 */
public record CoherenceReading() implements Reading<CoherenceReading.Coherence> {
    /**
     * Gradients g_n of examples.
     *
     * @param all of all examples of the probe
     * @param wrong of those of which something is answered wrongly; empty where nothing is right or wrong
     */
    public record Coherence(Sums all, Optional<Sums> wrong) {}

    /**
     * Gradients of some examples.
     *
     * @param examples how many
     * @param squaredSum ||sum of g_n||^2
     * @param sumOfSquares sum of ||g_n||^2
     */
    public record Sums(int examples, double squaredSum, double sumOfSquares) {}

    @Override
    public String name() {
        return "gradients of single examples";
    }

    @Override
    public Pace pace() {
        return Pace.RATIONED;
    }

    /** Each example alone, all together, and at most all of them again. */
    @Override
    public double flops(Sizes sizes) {
        return 3 * sizes.gradient() * sizes.probed(SplitName.TRAIN);
    }

    @Override
    public Reader<Coherence> over(Subject subject) {
        GradientReader gradients = GradientReader.of(subject);
        ExampleGradients examples = ExampleGradients.of(subject);
        int[] rows = subject.probeRows(SplitName.TRAIN);
        int[] all = ExampleChoice.all(rows.length);
        return look -> {
            look.part(new ProbeReading(SplitName.TRAIN));
            Scores scores = look.scores(SplitName.TRAIN).orElseThrow();
            double[] squares = examples.squares(rows);
            Optional<Sums> wrong = scores.accuracy().isEmpty()
                    ? Optional.empty()
                    : Optional.of(sums(
                            gradients,
                            rows,
                            squares,
                            IntStream.of(all)
                                    .filter(place -> !scores.correct(place))
                                    .toArray()));
            return new Coherence(sums(gradients, rows, squares, all), wrong);
        };
    }

    private static Sums sums(GradientReader gradients, int[] rows, double[] squares, int[] places) {
        int count = places.length;
        if (count == 0) {
            return new Sums(0, 0, 0);
        }
        int[] taken = IntStream.of(places).map(place -> rows[place]).toArray();
        double mean = gradients.squaredDataNorm(gradients.overMany(taken));
        double sum = IntStream.of(places).mapToDouble(place -> squares[place]).sum();
        return new Sums(count, (double) count * count * mean, sum);
    }
}

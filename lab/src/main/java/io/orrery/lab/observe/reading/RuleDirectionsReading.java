package io.orrery.lab.observe.reading;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.observe.ExampleChoice;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.RuleDirections;
import io.orrery.lab.train.step.Batch;
import io.orrery.lab.train.step.Learner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The direction d that the run's rule gives the update and the gradient g of the spec's loss, both averaged over disjoint
 * batches in training mode with the random draws of the next step, without decay. Nothing is read where d is g, where parameters
 * are not the weights themselves (frobenius and weight normalization), or where weights come from a file.
 */
public record RuleDirectionsReading() implements Reading<List<RuleDirectionsReading.Compared>> {
    private static final String RULE = "rule/";
    private static final String DESCENT = "descent/";

    /** How many batches are averaged, where there are enough examples. */
    static final int BATCHES = 16;

    /**
     * Both directions of one trained parameter.
     *
     * @param product d . g
     * @param squaredRule ||d||^2
     * @param squaredDescent ||g||^2
     */
    public record Compared(Parameter parameter, double product, double squaredRule, double squaredDescent) {}

    @Override
    public String name() {
        return "directions of the rule";
    }

    @Override
    public Pace pace() {
        return Pace.RATIONED;
    }

    @Override
    public double flops(Sizes sizes) {
        return 2 * sizes.gradient() * Math.min(sizes.probed(SplitName.TRAIN), BATCHES * sizes.batch());
    }

    @Override
    public Reader<List<Compared>> over(Subject subject) {
        Spec spec = subject.spec();
        int examples = subject.data().train().count();
        if (!applies(spec)) {
            return _ -> List.of();
        }
        Learner learner = subject.learner();
        int[][] batches = batches(spec.data(), examples, subject.seed());
        int size = batches[0].length;
        Graph graph = new Graph(subject.precision());
        RuleDirections directions = RuleDirections.of(
                graph, learner, Batch.taken(graph, subject.network(), subject.loss(), examples, size), size);
        List<Parameter> trained = subject.trained();
        for (int i = 0; i < trained.size(); i++) {
            graph.output(RULE + i, directions.rule().get(i));
            graph.output(DESCENT + i, directions.descent().get(i));
        }
        Execution execution = subject.bind(graph, subject.data().train());
        return look -> {
            RuleDirections.set(execution, learner, look.step(), look.learningRate());
            List<double[]> rule = new ArrayList<>();
            List<double[]> descent = new ArrayList<>();
            for (int[] batch : batches) {
                execution.setIndices(Batch.ROWS, batch, 0);
                execution.run();
                for (int i = 0; i < trained.size(); i++) {
                    add(rule, i, execution.read(RULE + i));
                    add(descent, i, execution.read(DESCENT + i));
                }
            }
            return compared(trained, rule, descent, batches.length);
        };
    }

    private static boolean applies(Spec spec) {
        Normalization normalization = spec.model().normalization();
        return !spec.rule().descendsLoss()
                && normalization != Normalization.FROBENIUS
                && normalization != Normalization.WEIGHT
                && spec.model().weights().isEmpty();
    }

    private static int[][] batches(DataSpec data, int examples, long seed) {
        if (data.order() == DataSpec.Order.FULL || data.batchSize() >= examples) {
            return new int[][] {ExampleChoice.all(examples)};
        }
        int size = data.batchSize();
        int[] order = RandomStream.of(seed, "instrument/rule-direction").permutation(0, examples);
        int[][] batches = new int[Math.min(BATCHES, examples / size)][];
        Arrays.setAll(batches, i -> Arrays.copyOfRange(order, i * size, (i + 1) * size));
        return batches;
    }

    private static void add(List<double[]> sums, int place, double[] values) {
        if (place == sums.size()) {
            sums.add(values);
            return;
        }
        double[] sum = sums.get(place);
        for (int j = 0; j < sum.length; j++) {
            sum[j] += values[j];
        }
    }

    private static List<Compared> compared(
            List<Parameter> trained, List<double[]> rule, List<double[]> descent, int batches) {
        double squared = (double) batches * batches;
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            double[] d = rule.get(i);
            double[] g = descent.get(i);
            compared.add(new Compared(
                    trained.get(i),
                    Products.dot(d, 0, g, 0, d.length) / squared,
                    Products.dot(d, 0, d, 0, d.length) / squared,
                    Products.dot(g, 0, g, 0, g.length) / squared));
        }
        return compared;
    }
}

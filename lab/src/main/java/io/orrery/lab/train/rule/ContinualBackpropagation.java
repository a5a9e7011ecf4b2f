package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Draw.Distribution;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Descent that now and then begins hidden units anew (continual backpropagation, Dohare et al. 2024, Nature 632, algorithm 1; arXiv
 * 2306.13812). Each hidden unit i has an age in steps, a running mean of its activation h_i over batches and a running utility of
 * u_i = mean_k |W_out,ki| * mean over the batch of |h_i|, both with the share {@code retention} of the past and divided by
 * 1 - retention^age when they are used. In each layer {@code replacementRate} times the number of units older than {@code maturity} is added up;
 * when the sum reaches 1 the one of them with the lowest utility is replaced: its incoming weights are drawn from
 * U(-b, b), b = gain sqrt(3 / inputs) (gain sqrt(2) for rectifiers, else 1), its incoming bias, outgoing weights, age, means
 * and what the update remembers of those weights are 0. Where the next layer has biases, W_out,i times the unit's mean activation is
 * added to them first.
 *
 * <p>A unit is replaced before the batch after the one with which it fell due; the source does so after the update of that batch. At
 * most one unit of a layer is replaced in a step, so {@code replacementRate} times the units of a layer must be below 1.
 *
 * @param replacementRate share of mature units that is replaced in a step
 * @param maturity steps for which a unit is left alone
 * @param retention share of the past in running means
 */
@Serves("002-199")
@Kind("continual-backpropagation")
@About("descent that now and then begins the least useful hidden units anew; for networks of dense layers")
record ContinualBackpropagation(
        @About("share of the mature units of a layer that is replaced in a step; the source took 1e-5 to 1e-3")
        double replacementRate,

        @About("steps for which a new unit is left alone") int maturity,
        @About("share of the past in running means") double retention)
        implements TrainingRule {
    private static final double NEVER = -1e30;

    /** Slightly below 1, so that 1 / replacementRate steps of one mature unit are enough however their sum is rounded. */
    private static final double ONE_LESS_ROUNDING = 1 - 1e-5;

    static ContinualBackpropagation defaults() {
        return new ContinualBackpropagation(1e-4, 100, 0.99);
    }

    @Override
    public Node addTo(StepGraph step) {
        SequencedMap<String, Node> values = new LinkedHashMap<>(step.values());
        SequencedMap<String, Node> kept = new LinkedHashMap<>();
        List<Units> all = new ArrayList<>();
        List<WeightLayer> layers = step.learner().network().layers();
        for (int layer = 0; layer + 1 < layers.size(); layer++) {
            Units units = replaced(step, layers.get(layer));
            renew(step, units, layers.get(layer), layers.get(layer + 1), values, kept);
            all.add(units);
        }
        Forward forward = step.forward(values);
        Node loss = step.meanLoss(forward);
        step.update(values, step.gradients(loss, values), kept);
        step.track(forward);
        for (int layer = 0; layer + 1 < layers.size(); layer++) {
            observe(step, all.get(layer), forward, layer);
        }
        return loss;
    }

    /**
     * The units of a hidden layer before a step.
     *
     * @param gone 1 for the unit that is replaced, 0 for others; [units]
     * @param left 1 - gone
     * @param mean of the activation, corrected for its age; [units]
     */
    private record Units(Node gone, Node left, Node mean, Node age, Node utility, Node running) {}

    private Units replaced(StepGraph step, WeightLayer layer) {
        Shape units = Shape.of(layer.output().count());
        Node age = step.graph().state(name("age", layer), units);
        Node utility = step.graph().state(name("utility", layer), units);
        Node running = step.graph().state(name("mean", layer), units);
        Node due = step.graph().state(name("due", layer), Shape.SCALAR);
        Node mature = age.greater(step.graph().constant(maturity));
        Node sum = mature.sum().multiply(replacementRate).add(due);
        Node fires = sum.greater(step.graph().constant(ONE_LESS_ROUNDING));
        // Units that never were used have age 0 and are not mature; the correction of all others is finite.
        Node correction = age.multiply(StrictMath.log(retention))
                .exponential()
                .negate()
                .add(1)
                .maximum(step.graph().constant(1 - retention));
        Node ranked = mature.select(
                utility.divide(correction).negate(),
                step.graph().constant(NEVER).broadcast(units));
        Node gone = ranked.argMax(0)
                .oneHot(units.count())
                .reshape(units)
                .multiply(fires)
                .multiply(mature);
        step.remember(name("due", layer), sum.subtract(fires));
        Node left = gone.negate().add(1);
        return new Units(gone, left, running.divide(correction), age, utility, running);
    }

    private void renew(
            StepGraph step,
            Units units,
            WeightLayer layer,
            WeightLayer next,
            SequencedMap<String, Node> values,
            SequencedMap<String, Node> kept) {
        int count = layer.output().count();
        Node outgoing = value(values, next.weight());
        next.bias()
                .ifPresent(bias -> values.put(
                        bias.name(),
                        value(values, bias)
                                .add(outgoing.multiply(
                                                units.gone.multiply(units.mean).reshape(1, count))
                                        .sum(1))));
        Node columns = units.left.reshape(1, count);
        values.put(next.weight().name(), outgoing.multiply(columns));
        keep(kept, next.weight(), columns);
        Parameter incoming = layer.weight();
        double bound = gain(step) * Math.sqrt(3.0 / incoming.fanIn());
        Node drawn = step.graph()
                .draw(Distribution.UNIFORM, "renewed/" + incoming.name(), incoming.shape(), step.step())
                .multiply(2 * bound)
                .subtract(bound);
        Node rows = units.left.reshape(count, 1);
        values.put(
                incoming.name(),
                value(values, incoming).multiply(rows).add(drawn.multiply(units.gone.reshape(count, 1))));
        keep(kept, incoming, rows);
        layer.bias().ifPresent(bias -> {
            values.put(bias.name(), value(values, bias).multiply(units.left));
            keep(kept, bias, units.left);
        });
    }

    private static double gain(StepGraph step) {
        Activation activation = step.learner().network().spec().activation();
        return activation == Activation.RELU || activation == Activation.LEAKY ? Math.sqrt(2) : 1;
    }

    private static void keep(SequencedMap<String, Node> kept, Parameter parameter, Node share) {
        kept.merge(parameter.name(), share, Node::multiply);
    }

    private static Node value(SequencedMap<String, Node> values, Parameter parameter) {
        return Objects.requireNonNull(values.get(parameter.name()), parameter.name());
    }

    /** Notes age, utility and mean activation of the units with the batch. */
    private void observe(StepGraph step, Units units, Forward forward, int layer) {
        Node activation = forward.layers().get(layer).activation();
        Node outgoing = forward.layers().get(layer + 1).weight();
        int outputs = outgoing.shape().size(0);
        Node size = activation.absolute().sum(0).divide(step.count());
        Node contribution = outgoing.absolute().sum(0).divide(outputs).multiply(size);
        WeightLayer of = forward.layers().get(layer).layer();
        step.remember(name("age", of), units.age.multiply(units.left).add(1));
        step.remember(name("utility", of), running(units.utility.multiply(units.left), contribution));
        step.remember(
                name("mean", of),
                running(units.running.multiply(units.left), activation.sum(0).divide(step.count())));
    }

    private Node running(Node past, Node now) {
        return past.multiply(retention).add(now.multiply(1 - retention));
    }

    @Override
    public SequencedMap<String, Shape> memory(Learner learner) {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>();
        List<WeightLayer> layers = learner.network().layers();
        for (WeightLayer layer : layers.subList(0, layers.size() - 1)) {
            Shape units = Shape.of(layer.output().count());
            List.of("age", "utility", "mean").forEach(what -> memory.put(name(what, layer), units));
            memory.put(name("due", layer), Shape.SCALAR);
        }
        return memory;
    }

    private static String name(String what, WeightLayer layer) {
        return "rule." + what + "." + layer.name();
    }

    @Override
    public boolean drawsAtRandom() {
        return true;
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        String instead = " with continual-backpropagation; take rule.kind: descent for it";
        if (!(model.architecture() instanceof Mlp mlp) || mlp.widths().isEmpty()) {
            problems.add(
                    new Problem(
                            "rule.kind",
                            "continual-backpropagation is for networks of dense layers, one of them hidden at least; take model.kind: mlp"));
        } else {
            int widest = mlp.widths().stream().mapToInt(Integer::intValue).max().orElseThrow();
            if (!(replacementRate >= 0 && replacementRate * widest < 1)) {
                problems.add(new Problem(
                        "rule.replacementRate",
                        "expected 0 or more and less than 1 / " + widest + ", one unit of a layer in each step, found "
                                + replacementRate));
            }
        }
        if (maturity < 0) {
            problems.add(new Problem("rule.maturity", "expected 0 or more steps, found " + maturity));
        }
        if (!(retention > 0 && retention < 1)) {
            problems.add(new Problem("rule.retention", "expected a share between 0 and 1, found " + retention));
        }
        if (model.normalization() != Normalization.NONE) {
            problems.add(new Problem("model.normalization", "expected none" + instead));
        }
        if (model.dropout() != 0) {
            problems.add(new Problem("model.dropout", "expected 0" + instead));
        }
        return problems;
    }
}

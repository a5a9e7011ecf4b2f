package io.orrery.lab.train.rule;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.train.loss.LabelLoss;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.loss.RealLoss;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Companion losses at hidden layers (deeply-supervised nets, Lee, Xie, Gallagher, Zhang and Tu 2015, arXiv 1409.5185): training descends
 * the loss of the network plus {@code weight} times the sum of the losses of linear classifiers, one on the activations of every
 * {@code every}-th hidden layer, each by the spec's loss. Gradients of a companion reach its own layer and all below it.
 *
 * <p>The classifier of a layer is the array {@code rule.companion.LAYER} [outputs, units] of the state, without bias, at first normal of
 * variance 1 / units from the stream {@code companion/LAYER}; it follows the gradient of its own loss, undiluted by {@code weight}, at
 * the run's learning rate, without momentum or decay. The source's squared hinge losses, norms of companions, threshold below which a
 * companion is switched off and decay of its weight are not built. What is measured as {@code train.loss}, and shown as progress, stays
 * the loss of the network.
 *
 * @param every a companion at each hidden layer whose number, the first being 1, this divides
 * @param weight factor of companion losses; 0 trains as {@code descent} does, bit by bit
 */
@Serves("002-183")
@Kind("deep-supervision")
@About("the gradient of the loss plus the losses of linear classifiers on hidden layers")
record DeepSupervision(
        @About("a companion classifier at every so many hidden layers")
        int every,

        @About("factor of the companions' losses; at 0 they only watch")
        double weight)
        implements TrainingRule {
    private static final String RATE = "rule.rate";

    static DeepSupervision defaults() {
        return new DeepSupervision(1, 0.3);
    }

    @Override
    public Node addTo(StepGraph step) {
        Forward forward = step.forward();
        Node loss = step.meanLoss(forward);
        Node rate = step.graph().scalarInput(RATE);
        Node total = loss;
        for (LayerView view : supervised(forward.layers())) {
            WeightLayer layer = view.layer();
            Node companion = step.graph().state(name(layer), shape(layer, step.learner()));
            Node outputs = view.activation().reshape(step.count(), units(layer)).matmul(companion, false, true);
            Node mean = step.learner()
                    .loss()
                    .perExample(outputs, step.batch().targets())
                    .sum()
                    .divide(step.count());
            Node gradient = Gradient.of(mean, List.of(companion)).getFirst();
            step.remember(name(layer), companion.subtract(gradient.multiply(rate)));
            total = weight == 0 ? total : total.add(mean.multiply(weight));
        }
        step.update(step.gradients(total));
        step.track(forward);
        return loss;
    }

    private List<LayerView> supervised(List<LayerView> layers) {
        return IntStream.range(0, layers.size() - 1)
                .filter(i -> (i + 1) % every == 0)
                .mapToObj(layers::get)
                .toList();
    }

    /**
     * The layers that have a companion.
     *
     * @throws UserError if there are none
     */
    private List<WeightLayer> supervised(Learner learner) {
        List<WeightLayer> layers = learner.network().layers();
        int hidden = layers.size() - 1;
        if (hidden < every) {
            throw new UserError("rule.every: expected at most the number of hidden layers with weights, " + hidden
                    + ", found " + every + "; no layer would have a companion");
        }
        return IntStream.range(0, hidden)
                .filter(i -> (i + 1) % every == 0)
                .mapToObj(layers::get)
                .toList();
    }

    private static int units(WeightLayer layer) {
        return layer.output().count();
    }

    private static String name(WeightLayer layer) {
        return "rule.companion." + layer.name();
    }

    private static Shape shape(WeightLayer layer, Learner learner) {
        return Shape.of(learner.network().outputs(), units(layer));
    }

    @Override
    public SequencedMap<String, Shape> memory(Learner learner) {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>();
        supervised(learner).forEach(layer -> memory.put(name(layer), shape(layer, learner)));
        return memory;
    }

    @Override
    public SequencedMap<String, double[]> initial(Learner learner, long seed) {
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        for (WeightLayer layer : supervised(learner)) {
            double deviation = 1 / Math.sqrt(units(layer));
            double[] companion = RandomStream.of(seed, "companion/" + layer.name())
                    .normals(0, shape(layer, learner).count());
            for (int i = 0; i < companion.length; i++) {
                companion[i] *= deviation;
            }
            values.put(name(layer), companion);
        }
        return values;
    }

    @Override
    public void setAssigned(Execution execution, long step, double rate) {
        execution.setScalar(RATE, rate);
    }

    @Override
    public void requireFits(Loss loss) {
        if (!(loss instanceof LabelLoss || loss instanceof RealLoss)) {
            throw new UserError(
                    "rule.kind: deep-supervision needs one target for each example, classes, bits or real numbers; those of these data"
                            + " are not: leave it out, or take other data");
        }
    }

    @Override
    public boolean descendsLoss() {
        return weight == 0;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        if (every < 1) {
            problems.add(new Problem("rule.every", "expected a whole number of hidden layers above 0, found " + every));
        }
        if (!(weight >= 0 && Double.isFinite(weight))) {
            problems.add(new Problem("rule.weight", "expected a finite factor, 0 or above, found " + weight));
        }
        return problems;
    }
}

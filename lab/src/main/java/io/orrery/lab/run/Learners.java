package io.orrery.lab.run;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.task.PermutedTasks;
import io.orrery.lab.data.task.TaskSequence;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Network;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.BatchOrder;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.RoleNetwork;
import io.orrery.lab.train.update.Decay;
import io.orrery.lab.train.update.Optimizer;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.stream.IntStream;

/** What learns each task of a run: the same network and loss, an update that may leave out frozen layers, as many examples as the task has. */
final class Learners {
    private final Spec spec;
    private final Dataset data;
    private final Network network;
    private final Loss loss;

    private Learners(Spec spec, Dataset data, Network network, Loss loss) {
        this.spec = spec;
        this.data = data;
        this.network = network;
        this.loss = loss;
    }

    /**
     * The learners of a spec over its data.
     *
     * @throws UserError if the model or the loss does not fit the data, naming the key
     */
    static Learners of(Spec spec, Dataset data) {
        TaskSequence tasks = spec.tasks().sequence();
        Dataset first = tasks.count(data) == 1 ? data : tasks.task(0, data, spec.data(), 0);
        Loss loss = Loss.of(spec.loss(), first);
        Network network = Network.of(spec.model(), data.exampleShape(), loss.outputs());
        TokenCheck.check(network, data);
        return new Learners(spec, data, network, loss);
    }

    Network network() {
        return network;
    }

    Loss loss() {
        return loss;
    }

    /** What learns a task. */
    Learner of(int task) {
        OptimizerSpec optimizer = task == 0
                ? spec.optimizer()
                : spec.optimizer().freezing(spec.tasks().frozen());
        Decay decay = Decay.of(spec.decay(), optimizer, network);
        return new Learner(
                spec.rule(),
                network,
                loss,
                new Optimizer(optimizer, decay, network),
                examples(task),
                RoleNetwork.of(spec.rule(), network, spec.optimizer(), spec.decay()));
    }

    /**
     * Refuses what single tasks could not do.
     *
     * @throws UserError naming the key
     */
    void check() {
        Reset.check(spec.tasks(), network);
        spec.rule().requireFits(loss);
        int tasks = spec.tasks().sequence().count(data);
        for (int examples :
                IntStream.range(0, tasks).map(this::examples).distinct().toArray()) {
            BatchOrder order = BatchOrder.of(spec.data(), examples, 0);
            if (spec.model().normalization() == ModelSpec.Normalization.BATCH) {
                // The rest of an epoch may be too small a batch.
                Graph graph = new Graph(spec.precision());
                Node inputs =
                        Batch.whole(graph, network, loss, order.lastBatch()).inputs();
                network.train(graph, network.read(graph), inputs, graph.indexInput("step", Shape.SCALAR));
            }
        }
        if (tasks > 1 && spec.rule().remembersExamples() && !keepsExamples()) {
            throw new UserError(
                    "tasks: the rule remembers something of each training example, and each task has others; begin"
                            + " what it remembers anew with tasks.reset: [optimizer], with tasks of one size, or take another rule");
        }
    }

    /** Whether what is remembered of an example still belongs to it, or begins anew, when the task changes. */
    private boolean keepsExamples() {
        TaskSequence sequence = spec.tasks().sequence();
        boolean oneSize = IntStream.range(0, sequence.count(data))
                        .map(this::examples)
                        .distinct()
                        .count()
                == 1;
        boolean anew = spec.tasks().reset().stream()
                .anyMatch(what -> what.equals(TasksSpec.OPTIMIZER) || what.equals(TasksSpec.ALL));
        return oneSize && (anew || sequence instanceof PermutedTasks);
    }

    private int examples(int task) {
        return spec.tasks().sequence().examples(task, data);
    }
}

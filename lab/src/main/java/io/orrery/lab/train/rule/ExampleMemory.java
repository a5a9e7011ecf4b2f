package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.StepGraph;

/**
 * What a rule remembers of each training example: an array of the state [examples, width], of which a step reads and writes the rows
 * of its batch. The array is written anew in every step, examples times width numbers: cheap beside a step as long as it is small beside
 * the parameters times the batch.
 *
 * @param name of the array, such as {@code rule.targets}
 * @param width numbers for each example
 */
record ExampleMemory(String name, int width) {
    /** The shape of the array for so many training examples. */
    Shape shape(Learner learner) {
        return Shape.of(learner.examples(), width);
    }

    /** The rows of the batch before the step [batch, width]. */
    Node read(StepGraph step) {
        Node all = all(step);
        return step.batch().rows().map(all::takeRows).orElse(all);
    }

    /** Remembers the rows of the batch [batch, width]; of an example that is in it several times their mean. */
    void write(StepGraph step, Node rows) {
        step.remember(
                name,
                step.batch().rows().map(places -> written(step, rows, places)).orElse(rows));
    }

    private Node written(StepGraph step, Node rows, Node places) {
        Graph graph = step.graph();
        Indexing.AddRows scatter = new Indexing.AddRows(step.learner().examples());
        Node ones = graph.constant(1).broadcast(Shape.of(step.count(), 1));
        Node times = graph.add(scatter, ones, places);
        Node kept = times.minimum(graph.constant(1)).negate().add(1);
        Node shares = rows.divide(times.takeRows(places));
        return all(step).multiply(kept).add(graph.add(scatter, shares, places));
    }

    private Node all(StepGraph step) {
        return step.graph().state(name, shape(step.learner()));
    }
}

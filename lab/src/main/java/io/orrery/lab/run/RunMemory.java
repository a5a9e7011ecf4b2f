package io.orrery.lab.run;

import io.orrery.engine.device.Device;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.BatchOrder;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.RoleNetwork;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Refuses what cannot fit the heap before any of it is allocated; all sizes are counted in 64 bits. */
final class RunMemory {
    /** Of the heap, what one run may take. */
    private static final double SHARE = 0.9;

    private static final long MOST_NUMBERS = Integer.MAX_VALUE - 64;

    private RunMemory() {}

    /**
     * The arrays of a run: its state, the copy at step 0 and, while they are drawn, the initial weights in double precision.
     *
     * @throws UserError naming the largest layer
     */
    static void requireState(Learner learner, Precision precision) {
        long parameters = numbers(learner.arrays());
        long state = parameters + numbers(learner.memory());
        long bytes = 2 * state * precision.bytes() + parameters * Double.BYTES;
        if (state <= MOST_NUMBERS && bytes <= SHARE * heap()) {
            return;
        }
        Parameter largest = Stream.concat(
                        Stream.of(learner.network()), learner.others().stream().map(RoleNetwork::network))
                .flatMap(network -> network.parameters().stream())
                .max(Comparator.comparingLong(parameter -> parameter.shape().count()))
                .orElseThrow();
        throw new UserError(String.format(
                Locale.ROOT,
                "model: %,d weights and the optimizer's %,d numbers need %,d MB, %s; the largest layer is %s with %s:"
                        + " make it smaller%s",
                parameters,
                state - parameters,
                bytes >> 20,
                state > MOST_NUMBERS
                        ? String.format(Locale.ROOT, "and at most %,d numbers fit one run", MOST_NUMBERS)
                        : String.format(Locale.ROOT, "but Java may use %,d MB", heap() >> 20),
                largest.layer().isEmpty() ? largest.name() : largest.layer(),
                largest.shape(),
                state > MOST_NUMBERS ? "" : ", or give Java more with ORRERY_JAVA_FLAGS=-Xmx..."));
    }

    /**
     * What one step works in, beside the state and its copy, before it is bound.
     *
     * @throws UserError with the figures
     */
    static void requireStep(Device device, Plan plan, State state, BatchOrder order) {
        long kept = 2L * state.layout().length() * state.layout().precision().bytes();
        long bytes = kept + plan.arenaBytes() + device.scratchBytes(plan);
        if (bytes > SHARE * heap()) {
            throw new UserError("one step on " + order.batch() + " examples needs " + (bytes >> 20)
                    + " MiB, but Java may use " + (heap() >> 20) + " MiB; use a smaller data.batchSize"
                    + (order.full() ? " with data.order: epochs, fewer examples" : "") + " or a larger heap (-Xmx)");
        }
    }

    private static long numbers(Map<String, Shape> shapes) {
        return shapes.values().stream().mapToLong(Shape::count).sum();
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }
}

package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Pooling;
import io.orrery.engine.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * After fusion: the steps of max pooling that follow each other become one, which touches the images once.
 *
 * <ul>
 *   <li>positions, the pixels there, and their relu where that is all that becomes of the pixels;
 *   <li>the mask of such a relu, and giving what it lets pass to the positions, for windows that lie apart.
 * </ul>
 */
final class PoolSteps {
    private final Demand demand;
    private final Set<Value> kept;

    private PoolSteps(Demand demand) {
        this.demand = demand;
        this.kept = demand.kept();
    }

    static List<Step> joined(List<Step> steps, Demand demand) {
        PoolSteps pools = new PoolSteps(demand);
        List<Step> joined = new ArrayList<>();
        for (Step step : steps) {
            if (!joined.isEmpty() && pools.follows(joined.getLast().members(), step.members())) {
                List<Value> members = new ArrayList<>(joined.removeLast().members());
                members.addAll(step.members());
                joined.add(Step.of(members));
            } else {
                joined.add(step);
            }
        }
        return joined;
    }

    /** Whether windows neither overlap nor reach beyond their images, so that no pixel gets more than one number. */
    static boolean spreadsApart(Value value) {
        if (value.operation() instanceof Indexing.AddAlong
                && value.input(1).operation() instanceof Pooling.MaximumPositions maximum) {
            Window window = maximum.window();
            return window.strideY() >= window.kernelY()
                    && window.strideX() >= window.kernelX()
                    && window.paddingY() == 0
                    && window.paddingX() == 0;
        }
        return false;
    }

    private boolean follows(List<Value> before, List<Value> next) {
        if (next.size() != 1) {
            return false;
        }
        Value value = next.getFirst();
        Value last = before.getLast();
        return switch (before.size()) {
            case 1 -> takesFrom(value, last) || (spreadsApart(value) && passes(last, value) && isMask(last));
            case 2 -> isRelu(value) && takesFrom(last, before.getFirst()) && passes(last, value);
            default -> false;
        };
    }

    /** Whether the value takes the pixels whose positions the other one finds. */
    private boolean takesFrom(Value take, Value positions) {
        return take.operation() instanceof Indexing.TakeAlong
                && positions.operation() instanceof Pooling.MaximumPositions
                && take.input(1) == positions
                && demand.operandsOf(take)
                        .getFirst()
                        .equals(demand.operandsOf(positions).getFirst());
    }

    /** Whether all of a value goes to that reader and nowhere else. */
    private boolean passes(Value value, Value reader) {
        return !kept.contains(value)
                && demand.readersOf(value).equals(List.of(reader))
                && demand.operandsOf(reader).getFirst().equals(View.whole(value));
    }

    /** Whether the value is one array where another is not 0, else 0. */
    private boolean isMask(Value value) {
        if (!(value.operation() instanceof Elementwise.Select)) {
            return false;
        }
        List<View> operands = demand.operandsOf(value);
        return isArray(operands.get(0), value)
                && isArray(operands.get(1), value)
                && PooledRelu.isZero(operands.get(2).source());
    }

    /** Whether a view has an element for each of the value's: numbers are read as they are, for all of them. */
    private static boolean isArray(View view, Value value) {
        return view.isDense() && view.length() == value.count();
    }

    private static boolean isRelu(Value value) {
        return value.operation() instanceof Elementwise.Unary unary && unary.function() == UnaryFunction.RELU;
    }
}

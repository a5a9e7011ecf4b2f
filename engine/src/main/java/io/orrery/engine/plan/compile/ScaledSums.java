package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.plan.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds in a step the sums c + a * s and differences c - a * s whose product with a scalar nobody else reads: each pair
 * becomes one instruction instead of two, with both roundings.
 */
final class ScaledSums {
    private final Step step;
    private final Demand demand;
    private final Placement placement;

    private ScaledSums(Step step, Demand demand, Placement placement) {
        this.step = step;
        this.demand = demand;
        this.placement = placement;
    }

    /** The product that each sum takes in. */
    static Map<Value, Value> of(Step step, Demand demand, Placement placement) {
        ScaledSums pairs = new ScaledSums(step, demand, placement);
        Map<Value, Value> products = new HashMap<>();
        for (Value member : step.members()) {
            pairs.productOf(member).ifPresent(product -> products.put(member, product));
        }
        return products;
    }

    private Optional<Value> productOf(Value sum) {
        if (!(sum.operation() instanceof Elementwise.Binary binary) || step.length() == 1) {
            return Optional.empty();
        }
        List<View> operands = demand.operandsOf(sum);
        if (operands.get(0).isScalar() || operands.get(1).isScalar()) {
            return Optional.empty();
        }
        Value left = operands.get(0).source();
        Value right = operands.get(1).source();
        boolean takesRight = binary.function() == BinaryFunction.ADD || binary.function() == BinaryFunction.SUBTRACT;
        if (takesRight && left != right && isPrivateProduct(right, sum)) {
            return Optional.of(right);
        }
        boolean takesLeft = binary.function() == BinaryFunction.ADD;
        return takesLeft && left != right && isPrivateProduct(left, sum) ? Optional.of(left) : Optional.empty();
    }

    private boolean isPrivateProduct(Value product, Value sum) {
        return step.members().contains(product)
                && product.operation() instanceof Elementwise.Binary binary
                && binary.function() == BinaryFunction.MULTIPLY
                && demand.operandsOf(product).stream().filter(View::isScalar).count() == 1
                && demand.readersOf(product).size() == 1
                && placement.find(View.whole(product)).isEmpty()
                && step.members().stream()
                        .filter(member -> member.id() > product.id() && member.id() < sum.id())
                        .noneMatch(member -> overwritesOperand(member, product));
    }

    /** Whether a result in between lands where the product's operand is read, which now happens later. */
    private boolean overwritesOperand(Value member, Value product) {
        Optional<Buffer> written = placement.find(View.whole(member));
        return written.isPresent()
                && demand.operandsOf(product).stream()
                        .map(placement::find)
                        .flatMap(Optional::stream)
                        .anyMatch(read -> read.overlaps(written.get()));
    }
}

package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Product;
import io.orrery.engine.kernel.Strips;
import io.orrery.engine.plan.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * After fusion: a product that one elementwise step alone reads, element by element, is handed to it in strips and never
 * stored. So an update uses up the gradient of its weights, and the mask of a relu what comes back to it.
 *
 * <p>The step is done as soon as all that it reads is there and nobody else needs the old values of the state that it
 * changes: its operands' memory is then free early.
 */
final class ProductChains {
    /** What of the right operand stays in the second-level cache from one strip to the next. */
    private static final long CACHED_BYTES = 512 * 1024;

    /** Products of fewer rows than two workers can share; divided by columns they would serve both. */
    private static final int FEW_ROWS = 24;

    private final List<Step> steps;
    private final Demand demand;
    private final Precision precision;
    private final Map<Value, Integer> positions = new HashMap<>();
    private final Set<Value> kept;

    private ProductChains(List<Step> steps, Demand demand, Precision precision) {
        this.steps = steps;
        this.demand = demand;
        this.kept = demand.kept();
        this.precision = precision;
        for (int i = 0; i < steps.size(); i++) {
            for (Value member : steps.get(i).members()) {
                positions.put(member, i);
            }
        }
    }

    static List<Step> joined(List<Step> steps, Demand demand, Precision precision) {
        return new ProductChains(steps, demand, precision).join();
    }

    /** A step and the position in the old order behind which it comes. */
    private record Placed(Step step, int after) {}

    private List<Step> join() {
        Set<Value> handed = new HashSet<>();
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            Optional<Value> product = step.isElementwise() ? productFor(step) : Optional.empty();
            if (product.isPresent()) {
                handed.add(product.get());
                List<Value> members = new ArrayList<>(List.of(product.get()));
                members.addAll(step.members());
                placed.add(new Placed(Step.of(members), lastNeeded(step, product.get(), i)));
            } else {
                placed.add(new Placed(step, i));
            }
        }
        return placed.stream()
                .filter(entry -> entry.step().members().size() > 1
                        || !handed.contains(entry.step().members().getFirst()))
                .sorted(Comparator.comparingInt(Placed::after))
                .map(Placed::step)
                .toList();
    }

    private Optional<Value> productFor(Step chain) {
        if (!takesWholeArraysAndNumbers(chain)) {
            return Optional.empty();
        }
        return chain.members().stream()
                .flatMap(member -> demand.operandsOf(member).stream())
                .filter(View::isWhole)
                .map(View::source)
                .filter(source -> isHandedTo(source, chain))
                .findFirst();
    }

    /** Rows or channels that repeat would have to be found again for every strip. */
    private boolean takesWholeArraysAndNumbers(Step chain) {
        return chain.members().stream()
                .flatMap(member -> demand.operandsOf(member).stream())
                .allMatch(view -> view.isScalar() || (view.isDense() && view.length() == chain.length()));
    }

    private boolean isHandedTo(Value value, Step chain) {
        return value.operation() instanceof Product.Matmul matmul
                && !matmul.transposeRight()
                && value.count() == chain.length()
                && !kept.contains(value)
                && demand.readersOf(value).stream()
                        .allMatch(reader -> chain.members().contains(reader)
                                && demand.operandsOf(reader).stream()
                                        .allMatch(view -> view.source() != value || view.isWhole()))
                && pays(value, matmul);
    }

    /** Storing moves the product twice; strips after the first one move the right operand again unless it stays cached. */
    private boolean pays(Value value, Product.Matmul matmul) {
        long m = value.shape().size(-2);
        long n = value.shape().size(-1);
        long k = matmul.innerSize(value.input(0).shape());
        if (m < FEW_ROWS && 2 * m * n * k > Work.LARGE_FLOPS) {
            return false;
        }
        int rows = Strips.rows((int) m, (int) n, precision.bytes());
        long strips = (m + rows - 1) / rows;
        return k * n * precision.bytes() <= CACHED_BYTES || (strips - 1) * k < 2 * m;
    }

    /** The last position of those that the joined step must come behind. */
    private int lastNeeded(Step chain, Value product, int position) {
        int last = -1;
        Set<String> changed = new HashSet<>();
        demand.assignments().forEach((label, view) -> {
            if (chain.members().contains(view.source())) {
                changed.add(label);
            }
        });
        for (Value member : chain.members()) {
            for (View view : demand.operandsOf(member)) {
                if (view.source() != product) {
                    last = Math.max(last, position(view.source(), position));
                }
            }
        }
        for (View view : demand.operandsOf(product)) {
            last = Math.max(last, position(view.source(), position));
        }
        for (Map.Entry<Value, List<Value>> read : demand.readers().entrySet()) {
            if (read.getKey().operation() instanceof Leaf.StateValue state && changed.contains(state.label())) {
                for (Value reader : read.getValue()) {
                    last = Math.max(last, position(reader, position));
                }
            }
        }
        return last;
    }

    /** Where a value is computed; -1 for leaves, for the chain's own values, and for what comes behind it anyway. */
    private int position(Value value, int chain) {
        int position = positions.getOrDefault(value, -1);
        return position < chain ? position : -1;
    }
}

package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Instruction;
import io.orrery.engine.plan.Instruction.Operand;
import io.orrery.engine.plan.Instruction.ScaledSum.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Turns a step of elementwise values into a program: one instruction per value, in order, and one before it for every
 * operand that must be expanded. Results that nobody outside reads stay in registers, reused as soon as they are read
 * for the last time. The product of a chain is found where it is handed over.
 */
final class FusedProgram {
    /** Elements per block where nothing asks for another size: a few registers of it fit the first-level cache. */
    static final int BLOCK = 512;

    private static final int LONGEST_BLOCK = 1024;

    private final Step step;
    private final Demand demand;
    private final Placement placement;
    private final int length;
    private final int block;
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Value, Value> products;
    private final Map<View, Operand.Register> expanded = new HashMap<>();
    private final Map<Value, Operand> results = new HashMap<>();
    private final Map<Value, Integer> lastRead = new HashMap<>();
    private final TreeSet<Integer> free = new TreeSet<>();
    private int registers;

    private FusedProgram(Step step, Demand demand, Placement placement) {
        this.step = step;
        this.demand = demand;
        this.placement = placement;
        this.length = step.length();
        this.products = ScaledSums.of(step, demand, placement);
        this.block = chooseBlock();
    }

    static Call.Fused of(Step step, Demand demand, Placement placement) {
        return new FusedProgram(step, demand, placement).build();
    }

    private Call.Fused build() {
        List<Value> members = step.members().stream()
                .filter(member -> member.operation() instanceof Elementwise && !products.containsValue(member))
                .toList();
        for (Value member : members) {
            for (View view : read(member)) {
                lastRead.put(view.source(), member.id());
            }
        }
        for (Value member : members) {
            Value product = products.get(member);
            if (product == null) {
                apply(member);
            } else {
                scaledSum(member, product);
            }
        }
        return new Call.Fused(length, block, registers, Descents.joined(instructions));
    }

    /** What a member's instruction reads: of a scaled sum, the operands of its product too. */
    private List<View> read(Value member) {
        List<View> views = new ArrayList<>(demand.operandsOf(member));
        Value product = products.get(member);
        if (product != null) {
            views.removeIf(view -> view.source() == product);
            views.addAll(demand.operandsOf(product));
        }
        return views;
    }

    private void apply(Value member) {
        Elementwise operation = (Elementwise) member.operation();
        List<View> views = demand.operandsOf(member);
        if (operation instanceof Elementwise.MultiplyAdd
                && isScalar(views.get(0)) != isScalar(views.get(1))
                && !isScalar(views.get(2))) {
            Operand factor = operand(views.get(isScalar(views.get(0)) ? 1 : 0));
            Operand.Scalar scale = new Operand.Scalar(placement.require(views.get(isScalar(views.get(0)) ? 0 : 1)));
            Operand addend = operand(views.get(2));
            instructions.add(new Instruction.ScaledSum(Kind.FUSED, factor, scale, addend, result(member)));
            return;
        }
        boolean takesScalar = operation instanceof Elementwise.Binary
                && views.stream().filter(this::isScalar).count() == 1;
        List<Operand> operands = views.stream()
                .map(view ->
                        takesScalar && isScalar(view) ? new Operand.Scalar(placement.require(view)) : operand(view))
                .toList();
        instructions.add(new Instruction.Apply(operation, operands, result(member)));
    }

    private void scaledSum(Value sum, Value product) {
        List<View> factors = demand.operandsOf(product);
        View scale = factors.get(factors.get(0).isScalar() ? 0 : 1);
        View factor = factors.get(factors.get(0).isScalar() ? 1 : 0);
        View addend = demand.operandsOf(sum).stream()
                .filter(view -> view.source() != product)
                .findFirst()
                .orElseThrow();
        boolean subtract = ((Elementwise.Binary) sum.operation()).function() == Elementwise.BinaryFunction.SUBTRACT;
        Kind kind = subtract ? Kind.SUBTRACT : Kind.ADD;
        Operand factorOperand = operand(factor);
        Operand addendOperand = operand(addend);
        Operand.Scalar scaleOperand = new Operand.Scalar(placement.require(scale));
        instructions.add(new Instruction.ScaledSum(kind, factorOperand, scaleOperand, addendOperand, result(sum)));
    }

    /** Where a member's result goes, once its operands are known: their registers may be taken over. */
    private Operand result(Value member) {
        read(member).stream().map(View::source).distinct().forEach(source -> release(source, member));
        Operand to = placement
                .find(View.whole(member))
                .<Operand>map(Operand.Elements::new)
                .orElseGet(this::allocate);
        results.put(member, to);
        return to;
    }

    private boolean isScalar(View view) {
        return view.isScalar() && length > 1;
    }

    private Operand operand(View view) {
        Operand inside = results.get(view.source());
        if (inside != null) {
            return inside;
        }
        if (view.isDense() && view.length() == length) {
            return new Operand.Elements(placement.require(view));
        }
        return expanded.computeIfAbsent(view, this::expand);
    }

    /** Expansions get registers of their own for good: those made once must outlive all blocks. */
    private Operand.Register expand(View view) {
        Operand.Register register = new Operand.Register(registers++);
        boolean once = view.isScalar() || block % view.period() == 0;
        instructions.add(new Instruction.Expand(placement.require(view), view.inner(), view.count(), register, once));
        return register;
    }

    private Operand.Register allocate() {
        Integer reused = free.pollFirst();
        return new Operand.Register(reused != null ? reused : registers++);
    }

    /** Gives back the register of a result of this program that nobody reads after the given member. */
    private void release(Value source, Value member) {
        if (results.get(source) instanceof Operand.Register register
                && lastRead.getOrDefault(source, -1) == member.id()) {
            free.add(register.number());
        }
    }

    /** A multiple of the period of rows or channels if one fits: then they need to be expanded only once. */
    private int chooseBlock() {
        if (length <= LONGEST_BLOCK) {
            return length;
        }
        long multiple = 1;
        for (Value member : step.members()) {
            for (View view : demand.operandsOf(member)) {
                long period = view.period();
                if (!view.isScalar() && period < length && period <= LONGEST_BLOCK) {
                    long common = multiple / gcd(multiple, period) * period;
                    multiple = common <= LONGEST_BLOCK ? common : multiple;
                }
            }
        }
        int times = (int) (multiple <= BLOCK ? BLOCK / multiple : 1);
        return (int) (multiple * times);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}

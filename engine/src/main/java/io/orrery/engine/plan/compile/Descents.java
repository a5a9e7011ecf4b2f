package io.orrery.engine.plan.compile;

import io.orrery.engine.plan.Instruction;
import io.orrery.engine.plan.Instruction.Operand;
import io.orrery.engine.plan.Instruction.ScaledSum;
import java.util.List;
import java.util.Optional;

/** Finds programs that are descent with momentum, with or without decay, and nothing else: one instruction does all of it. */
final class Descents {
    private Descents() {}

    /** The program as one instruction if it is descent, else as it was. */
    static List<Instruction> joined(List<Instruction> program) {
        if (program.size() < 2
                || program.size() > 3
                || !(program.getLast() instanceof ScaledSum step)
                || !(program.get(program.size() - 2) instanceof ScaledSum momentum)
                || !isInPlace(step, step.addend())
                || !isInPlace(momentum, momentum.factor())
                || !step.factor().equals(momentum.to())
                || step.to().equals(momentum.to())) {
            return program;
        }
        if (program.size() == 2) {
            return List.of(new Instruction.Descent(
                    step.to(), momentum.addend(), momentum.to(), Optional.empty(), momentum.scale(), step.scale()));
        }
        boolean isDecay = program.getFirst() instanceof ScaledSum first
                && first.kind() == ScaledSum.Kind.FUSED
                && first.to() instanceof Operand.Register
                && first.to().equals(momentum.addend())
                && first.factor().equals(step.to());
        if (!isDecay) {
            return program;
        }
        ScaledSum decay = (ScaledSum) program.getFirst();
        return List.of(new Instruction.Descent(
                step.to(), decay.addend(), momentum.to(), Optional.of(decay.scale()), momentum.scale(), step.scale()));
    }

    /** Whether a sum, rounded once, is written where that operand is read. */
    private static boolean isInPlace(ScaledSum sum, Operand operand) {
        return sum.kind() == ScaledSum.Kind.FUSED
                && operand instanceof Operand.Elements
                && sum.to().equals(operand);
    }
}

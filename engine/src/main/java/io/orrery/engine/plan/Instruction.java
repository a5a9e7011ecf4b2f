package io.orrery.engine.plan;

import io.orrery.engine.graph.Elementwise;
import java.util.List;
import java.util.Optional;

/** What a fused program does with one block of elements. */
public sealed interface Instruction {

    /**
     * Fills a register: element i of the result gets element (i / inner) % count of the source.
     *
     * @param once whether every block gets the same numbers, so that the first block's serve all
     */
    record Expand(Buffer from, int inner, int count, Operand.Register to, boolean once) implements Instruction {}

    /** Applies an elementwise operation. */
    record Apply(Elementwise operation, List<Operand> operands, Operand to) implements Instruction {
        /** Copies the list. */
        public Apply {
            operands = List.copyOf(operands);
        }
    }

    /** Adds the product of an array and a number to an array, or subtracts it from there. */
    record ScaledSum(Kind kind, Operand factor, Operand.Scalar scale, Operand addend, Operand to)
            implements Instruction {
        /** What becomes of the product. */
        public enum Kind {
            /** Rounded, then added. */
            ADD,
            /** Rounded, then subtracted. */
            SUBTRACT,
            /** Added, the sum rounded once. */
            FUSED
        }
    }

    /**
     * Descent with momentum, in place: with decay, g + weight * decay takes the gradient g's place; then velocity =
     * velocity * momentum + g and weight = weight + velocity * minusRate, each rounded once.
     */
    record Descent(
            Operand weight,
            Operand gradient,
            Operand velocity,
            Optional<Operand.Scalar> decay,
            Operand.Scalar momentum,
            Operand.Scalar minusRate)
            implements Instruction {}

    /** Where an instruction reads or writes. */
    sealed interface Operand {
        /** A block-sized piece of scratch memory. */
        record Register(int number) implements Operand {}

        /** The block's piece of an array as long as the program. */
        record Elements(Buffer buffer) implements Operand {}

        /** One number for all elements. */
        record Scalar(Buffer buffer) implements Operand {}
    }
}

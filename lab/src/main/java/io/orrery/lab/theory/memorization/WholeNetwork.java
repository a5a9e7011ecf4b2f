package io.orrery.lab.theory.memorization;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A ReLU network with whole weights of any size, evaluated without rounding. Every layer but the last ends with a ReLU.
 *
 * @param inputs how many numbers it takes
 * @param layers from the inputs on, each a list of units
 */
public record WholeNetwork(int inputs, List<List<Unit>> layers) {
    /** Copies the layers and checks that each reads the one before. */
    public WholeNetwork {
        layers = layers.stream().map(List::copyOf).toList();
        int before = inputs;
        for (List<Unit> layer : layers) {
            for (Unit unit : layer) {
                for (Term term : unit.terms()) {
                    if (term.from() < 0 || term.from() >= before) {
                        throw new IllegalArgumentException(
                                "a unit reads place " + term.from() + " of a layer with " + before + " units");
                    }
                }
            }
            before = layer.size();
        }
    }

    /** A weight that is not 0, and the place in the layer before that it multiplies. */
    public record Term(int from, BigInteger weight) {}

    /** A weighted sum and a bias. */
    public record Unit(List<Term> terms, BigInteger bias) {
        /** Copies the terms. */
        public Unit {
            terms = List.copyOf(terms);
        }

        private BigInteger sum(BigInteger[] before) {
            BigInteger sum = bias;
            for (Term term : terms) {
                BigInteger value = before[term.from()];
                if (value.signum() != 0) {
                    sum = sum.add(term.weight().equals(BigInteger.ONE) ? value : value.multiply(term.weight()));
                }
            }
            return sum;
        }

        private Stream<BigInteger> parameters() {
            return Stream.concat(terms.stream().map(Term::weight), Stream.of(bias))
                    .filter(weight -> weight.signum() != 0);
        }
    }

    /** The outputs for whole inputs. */
    public BigInteger[] outputs(BigInteger[] input) {
        if (input.length != inputs) {
            throw new IllegalArgumentException("the network takes " + inputs + " inputs, found " + input.length);
        }
        BigInteger[] values = input;
        for (int layer = 0; layer < layers.size(); layer++) {
            List<Unit> units = layers.get(layer);
            BigInteger[] next = new BigInteger[units.size()];
            for (int unit = 0; unit < next.length; unit++) {
                BigInteger sum = units.get(unit).sum(values);
                next[unit] = layer < layers.size() - 1 && sum.signum() < 0 ? BigInteger.ZERO : sum;
            }
            values = next;
        }
        return values;
    }

    /** How many weights and biases are not 0. */
    public long parameters() {
        return numbers().count();
    }

    /** How many weights and biases a fully connected network of the same widths has. */
    public long fullParameters() {
        long sum = 0;
        int before = inputs;
        for (List<Unit> layer : layers) {
            sum += (before + 1L) * layer.size();
            before = layer.size();
        }
        return sum;
    }

    /** The bits of the largest weight or bias, without its sign. */
    public int widestBits() {
        return numbers().mapToInt(number -> number.abs().bitLength()).max().orElse(0);
    }

    /** The bits of all weights and biases that are not 0, each written from its highest bit to its lowest that is set, without signs. */
    public long significantBits() {
        return numbers()
                .mapToLong(number -> number.abs().bitLength() - number.getLowestSetBit())
                .sum();
    }

    /** The same network with every weight and bias rounded to so many significant bits, halves away from 0. */
    public WholeNetwork rounded(int bits) {
        if (bits < 1) {
            throw new IllegalArgumentException("a weight needs at least one bit, found " + bits);
        }
        UnaryOperator<BigInteger> rounding = number -> rounded(number, bits);
        List<List<Unit>> changed = new ArrayList<>();
        for (List<Unit> layer : layers) {
            changed.add(layer.stream()
                    .map(unit -> new Unit(
                            unit.terms().stream()
                                    .map(term -> new Term(term.from(), rounding.apply(term.weight())))
                                    .toList(),
                            rounding.apply(unit.bias())))
                    .toList());
        }
        return new WholeNetwork(inputs, changed);
    }

    private static BigInteger rounded(BigInteger number, int bits) {
        BigInteger size = number.abs();
        int cut = size.bitLength() - bits;
        if (cut <= 0) {
            return number;
        }
        BigInteger kept =
                size.add(BigInteger.ONE.shiftLeft(cut - 1)).shiftRight(cut).shiftLeft(cut);
        return number.signum() < 0 ? kept.negate() : kept;
    }

    private Stream<BigInteger> numbers() {
        return layers.stream().flatMap(List::stream).flatMap(Unit::parameters);
    }
}

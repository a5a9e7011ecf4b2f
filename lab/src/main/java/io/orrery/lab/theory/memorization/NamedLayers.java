package io.orrery.lab.theory.memorization;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes a {@link WholeNetwork} down layer by layer, its units by names. */
final class NamedLayers {
    private final int inputs;
    private final List<List<WholeNetwork.Unit>> layers = new ArrayList<>();
    private Map<String, Integer> places = new HashMap<>();

    NamedLayers(List<String> inputs) {
        this.inputs = inputs.size();
        for (String name : inputs) {
            places.put(name, places.size());
        }
    }

    /** A bias and weights by the names of the layer before. */
    static final class Sum {
        private final SequencedMap<String, BigInteger> weights = new LinkedHashMap<>();
        private BigInteger bias = BigInteger.ZERO;

        Sum plus(BigInteger weight, String name) {
            weights.merge(name, weight, BigInteger::add);
            return this;
        }

        Sum plus(String name) {
            return plus(BigInteger.ONE, name);
        }

        Sum minus(String name) {
            return plus(BigInteger.ONE.negate(), name);
        }

        Sum plus(BigInteger number) {
            bias = bias.add(number);
            return this;
        }
    }

    /** One more layer. */
    void add(SequencedMap<String, Sum> units) {
        Map<String, Integer> next = new HashMap<>();
        List<WholeNetwork.Unit> layer = new ArrayList<>();
        units.forEach((name, sum) -> {
            next.put(name, next.size());
            List<WholeNetwork.Term> terms = new ArrayList<>();
            sum.weights.forEach((from, weight) -> {
                Integer place = places.get(from);
                if (place == null) {
                    throw new IllegalArgumentException("no unit " + from + " in the layer before: " + places.keySet());
                }
                if (weight.signum() != 0) {
                    terms.add(new WholeNetwork.Term(place, weight));
                }
            });
            layer.add(new WholeNetwork.Unit(terms, sum.bias));
        });
        layers.add(layer);
        places = next;
    }

    /** A layer that hands on what has these names, none of which is negative; more units may be put beside them. */
    static SequencedMap<String, Sum> carrying(String... names) {
        SequencedMap<String, Sum> units = new LinkedHashMap<>();
        for (String name : names) {
            units.put(name, new Sum().plus(name));
        }
        return units;
    }

    WholeNetwork network() {
        return new WholeNetwork(inputs, layers);
    }
}

package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A rational activation whose coefficients are trained (the safe Pade activation unit of Molina, Schramowski and Kersting 2020,
 * equation 3): {@code F(x) = (a_0 + a_1 x + ... + a_5 x^5) / (1 + |b_1 x + ... + b_4 x^4|)}, elementwise, one set of coefficients
 * for the layer. It starts near the leaky ReLU of slope 0.01, by the coefficients that the authors' code fits to it on [-3, 3]
 * (largest error 0.034, at 0). A layer before it should have the activation linear.
 */
@Serves("002-173")
@Kind("pade")
public record Pade() implements Layer {
    private static final List<Double> NUMERATOR =
            List.of(0.0335583603, 0.505000375, 1.65343934, 2.01001052, 0.931901999, 0.152424124);
    private static final List<Double> DENOMINATOR = List.of(3.30847488e-6, 3.98021568, 5.12471206e-7, 0.301830109);
    private static final Traits TRAITS = new Traits(
            Optional.of("a Pade activation, a ratio of polynomials, does not scale with its input"), false, false, 1);

    /** No settings. */
    public static Pade defaults() {
        return new Pade();
    }

    @Override
    public Block at(LayerPlace place) {
        return new Rational(
                place.name(),
                place.input(),
                coefficients(place.name(), "numerator", NUMERATOR),
                coefficients(place.name(), "denominator", DENOMINATOR));
    }

    private static Parameter coefficients(String layer, String part, List<Double> initial) {
        return new Parameter(layer + "." + part, layer, Shape.of(initial.size()), 1, 1, Parameter.Role.COEFFICIENT);
    }

    @Override
    public void check(LayerCheck check) {
        // Has no settings.
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    private record Rational(String name, Shape output, Parameter numerator, Parameter denominator) implements Block {
        @Override
        public Node apply(Node x, ForwardPass pass) {
            Node above = polynomial(pass.value(numerator), x);
            Node below = polynomial(pass.value(denominator), x).multiply(x);
            return above.divide(below.absolute().add(1));
        }

        /** Coefficients from the constant one on, by Horner's rule. */
        private static Node polynomial(Node coefficients, Node x) {
            int last = coefficients.shape().size(0) - 1;
            Node value = coefficient(coefficients, last).multiply(x);
            for (int power = last - 1; power > 0; power--) {
                value = value.add(coefficient(coefficients, power)).multiply(x);
            }
            return value.add(coefficient(coefficients, 0));
        }

        private static Node coefficient(Node coefficients, int power) {
            return coefficients.slice(new int[] {power}, Shape.of(1)).reshape(Shape.SCALAR);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(numerator, denominator);
        }

        @Override
        public SequencedMap<String, List<Double>> initialCoefficients() {
            return new TreeMap<>(Map.of(numerator.name(), NUMERATOR, denominator.name(), DENOMINATOR));
        }
    }
}

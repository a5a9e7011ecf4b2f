package io.orrery.lab.instrument;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.theory.bound.InputNorms;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** An observation made of given numbers. */
public record Sight(
        long step,
        boolean thorough,
        Spec spec,
        TargetKind target,
        double learningRate,
        Map<SplitName, Evaluation> evaluations,
        List<LayerWeights> weights,
        Optional<Start> start,
        Map<SplitName, Probe> probes,
        Gradients gradients)
        implements Observation {
    public static final Gradients NO_GRADIENTS = new Gradients(0, 0, 0, List.of());

    /** A thorough look at step 100 of a network with these weights and this training probe. */
    public static Sight of(Spec spec, int classes, List<LayerWeights> weights, Probe train) {
        return new Sight(
                100,
                true,
                spec,
                TargetKind.Classes.numbered(classes),
                0.1,
                Map.of(),
                weights,
                Optional.of(new Start(weights, 1)),
                Map.of(SplitName.TRAIN, train),
                NO_GRADIENTS);
    }

    /** The same where labels are bits, as many as there were classes. */
    public Sight bits() {
        return with(new TargetKind.Bits(target.names()));
    }

    /** The same with targets of another kind. */
    public Sight with(TargetKind other) {
        return new Sight(step, thorough, spec, other, learningRate, evaluations, weights, start, probes, gradients);
    }

    public Sight quick() {
        return new Sight(step, false, spec, target, learningRate, evaluations, weights, start, probes, gradients);
    }

    public Sight test(Probe test) {
        Map<SplitName, Probe> both = new EnumMap<>(probes);
        both.put(SplitName.TEST, test);
        return new Sight(step, thorough, spec, target, learningRate, evaluations, weights, start, both, gradients);
    }

    public Sight gradients(Gradients found) {
        return new Sight(step, thorough, spec, target, learningRate, evaluations, weights, start, probes, found);
    }

    public static LayerWeights dense(String name, Matrix matrix) {
        return new LayerWeights(name, matrix, WeightLayer.Kind.DENSE, 1, 1);
    }

    public static Matrix matrix(int rows, double... values) {
        return new Matrix(rows, values.length / rows, values);
    }

    /** What an instrument reads, by series. */
    public static Found read(Instrument instrument, Observation observation) {
        List<Measurement> found = new ArrayList<>();
        instrument.observe(observation, found::add);
        Map<String, List<Double>> bySeries = new LinkedHashMap<>();
        for (Measurement measurement : found) {
            if (!measurement.instrument().equals(instrument.name()) || measurement.step() != observation.step()) {
                throw new AssertionError(measurement);
            }
            if (bySeries.put(measurement.series(), measurement.values()) != null) {
                throw new AssertionError("twice: " + measurement.series());
            }
        }
        return new Found(bySeries);
    }

    /** Readings by series. */
    public record Found(Map<String, List<Double>> bySeries) {
        /** A series that must be there. */
        public List<Double> get(String series) {
            List<Double> values = bySeries.get(series);
            if (values == null) {
                throw new AssertionError("no " + series + " among " + bySeries.keySet());
            }
            return values;
        }
    }

    @Override
    public <T> T read(Reading<T> reading) {
        throw new AssertionError("this sight has no " + reading.name() + "; take a trainer's");
    }

    @Override
    public long seed() {
        return 1;
    }

    @Override
    public Optional<Evaluation> evaluation(SplitName split) {
        return Optional.ofNullable(evaluations.get(split));
    }

    /** Of the training probe, whose columns are taken as one channel. */
    @Override
    public InputNorms inputNorms() {
        return InputNorms.of(Objects.requireNonNull(probes.get(SplitName.TRAIN)).inputs(), 1);
    }

    @Override
    public Optional<Probe> probe(SplitName split) {
        return Optional.ofNullable(probes.get(split));
    }
}

package io.orrery.lab.instrument.training;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.StartReading;
import io.orrery.lab.observe.reading.WeightsReading;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How far the weights went from where they started: {@code relative} = ||W - W_0|| / ||W_0|| and {@code cosine} of W and W_0,
 * per layer and (without a layer) over all of them. Small values mean training near its linearization. Nothing is read where W_0 is
 * not known: of weights that come from a file, unless another file holds the initial ones.
 */
public final class DistanceInstrument implements Instrument {
    @Override
    public String name() {
        return "distance";
    }

    @Override
    public String about() {
        return "relative distance and cosine of the weights to their initialization";
    }

    @Override
    public List<String> quantities() {
        return List.of("relative", "cosine");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Distance from initialization",
                Curves.of(
                        "Distance from initialization",
                        "Norm of the change over the norm at step 0.",
                        AxisScale.AUTO,
                        "relative"),
                Curves.of("Cosine with initialization", "", AxisScale.LINEAR, "cosine"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new StartReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        observation.start().ifPresent(start -> observe(emitter, observation.weights(), start.weights()));
    }

    private static void observe(Emitter emitter, List<LayerWeights> weights, List<LayerWeights> initial) {
        double moved = 0;
        double start = 0;
        double now = 0;
        double inner = 0;
        for (int i = 0; i < weights.size(); i++) {
            Matrix matrix = weights.get(i).matrix();
            Matrix before = initial.get(i).matrix();
            double layerMoved = Products.squaredNorm(Products.combination(1, matrix, -1, before));
            double layerStart = Products.squaredNorm(before);
            double layerNow = Products.squaredNorm(matrix);
            double layerInner = Products.inner(matrix, before);
            report(emitter, weights.get(i).name(), layerMoved, layerStart, layerNow, layerInner);
            moved += layerMoved;
            start += layerStart;
            now += layerNow;
            inner += layerInner;
        }
        report(emitter, "", moved, start, now, inner);
    }

    private static void report(Emitter emitter, String layer, double moved, double start, double now, double inner) {
        emitter.number("relative", layer, "", Math.sqrt(moved / start));
        emitter.number("cosine", layer, "", inner / Math.sqrt(start * now));
    }
}

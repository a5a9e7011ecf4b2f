package io.orrery.lab.compute;

import io.orrery.engine.random.RandomStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A computation for tests that counts how often it was asked, and can be made to fail. */
public final class CountedComputation implements Computation {
    /** How often it was asked. */
    public final AtomicInteger asked = new AtomicInteger();

    private final int version;

    public CountedComputation(int version) {
        this.version = version;
    }

    @Override
    public String name() {
        return "waves";
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public String about() {
        return "sines of random numbers";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.real("scale", "the factor before the sine", -10, 10),
                Parameter.whole("count", "the number of draws", 1, 1000));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        asked.incrementAndGet();
        double scale = setting.get("scale");
        if (scale == -10) {
            throw new IllegalStateException("made to fail");
        }
        double[] values = RandomStream.of(seed, "waves").normals(0, setting.whole("count"));
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * StrictMath.sin(values[i]);
            sum += values[i];
        }
        return Results.none()
                .with("value", values)
                .with("mean", sum / values.length)
                .with("awkward", Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, 0.1 + 0.2);
    }
}

package io.orrery.lab.data;

import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;

/** Digits drawn from strokes: needs no file and no font. */
@Kind("scribbles")
@About("digits drawn from strokes by our own generator, 28 x 28 pixels in [0, 1]")
public record Scribbles(
        @About("training examples") int train,
        @About("test examples") int test) implements DataSource {
    /** 2,000 training and 1,000 test images. */
    public static Scribbles defaults() {
        return new Scribbles(2000, 1000);
    }

    @Override
    public Dataset load(long seed) {
        throw new UnsupportedOperationException("scribbles");
    }

    @Override
    public boolean generated() {
        return true;
    }
}

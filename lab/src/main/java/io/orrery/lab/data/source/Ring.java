package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * RING(P, B) (phenomena.md, section 0): x_i = (cos 2 pi i / P, sin 2 pi i / P), with B fair random bits as targets. Training
 * examples only; bit b of a label is the target of output b.
 */
@Kind("ring")
@About("points on a circle, each with random bits to be remembered; labels are bits, one output each")
public record Ring(
        @About("P: points on the circle") int points,
        @About("B: random bits of each point, from 1 to 30") int bits) implements DataSource {
    /** 8 points of 4 bits. */
    public static Ring defaults() {
        return new Ring(8, 4);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.atLeast("ring", "points", 1, points);
        Generated.atLeast("ring", "bits", 1, bits);
        if (bits > 30) {
            throw new UserError("data.bits of source ring must be at most 30, found " + bits);
        }
        RandomStream random = RandomStream.of(seed, "data");
        return new Dataset(
                "ring: " + points + " points with " + bits + " random bits each",
                Shape.of(2),
                new TargetKind.Bits(
                        IntStream.range(0, bits).mapToObj(bit -> "bit " + bit).toList()),
                Generated.split(points, 2, 0, (number, step, inputs, offset) -> {
                    double angle = 2 * Math.PI * number / points;
                    inputs[offset] = StrictMath.cos(angle);
                    inputs[offset + 1] = StrictMath.sin(angle);
                    return random.integer(step, 0, 1 << bits);
                }),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public boolean generated() {
        return true;
    }
}

package io.orrery.lab.data.source;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.generated.Handwriting;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.InputRows;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Digits drawn from strokes: needs no file and no font. Example i shows digit i mod 10 and depends on the seed and i alone,
 * so that a larger set begins with the smaller one.
 */
@Kind("scribbles")
@About("digits drawn from strokes by our own generator, 28 x 28 pixels in [0, 1]")
public record Scribbles(
        @About("training examples") int train,
        @About("test examples") int test) implements DataSource {
    private static final int DIGITS = 10;

    /** 2,000 training and 1,000 test images. */
    public static Scribbles defaults() {
        return new Scribbles(2000, 1000);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("scribbles", train, test);
        RandomStream random = RandomStream.of(seed, "data");
        return new Dataset(
                "scribbles: digits drawn from strokes",
                Shape.of(1, Handwriting.SIZE, Handwriting.SIZE),
                TargetKind.Classes.numbered(DIGITS),
                draw(random, 0, train, files.least()),
                Optional.empty(),
                Generated.test(test, () -> draw(random, Generated.TEST_STEPS, test, files.least())));
    }

    @Override
    public boolean images() {
        return true;
    }

    @Override
    public boolean generated() {
        return true;
    }

    private static Split draw(RandomStream random, long firstStep, int count, Precision precision) {
        int pixels = Handwriting.SIZE * Handwriting.SIZE;
        InputRows inputs = InputRows.of(count, Shape.of(1, Handwriting.SIZE, Handwriting.SIZE), precision);
        int[] labels = new int[count];
        // Every image depends on its number alone, so that cores may share them; nothing else happens at the start of a
        // run.
        IntStream.range(0, count).parallel().forEach(i -> {
            labels[i] = i % DIGITS;
            Handwriting.draw(labels[i], random, firstStep + i, inputs, i * pixels);
        });
        return new Split(inputs.array(), labels);
    }
}

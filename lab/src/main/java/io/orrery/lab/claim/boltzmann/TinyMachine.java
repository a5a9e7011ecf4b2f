package io.orrery.lab.claim.boltzmann;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.boltzmann.RestrictedBoltzmannMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A restricted Boltzmann machine small enough to sum all its states, on bars and stripes. */
final class TinyMachine implements Computation {
    static final String NAME = "tiny-machine";

    private static final int SIDE = 3;
    private static final int PIXELS = SIDE * SIDE;
    private static final int BATCH = 50;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "a restricted Boltzmann machine on 3 x 3 bars and stripes, trained by contrastive divergence of one sweep: the exact log"
                + " likelihood by epoch, and the cosine of the mean contrastive divergence with the exact gradient by the number of sweeps";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("hidden", "the number of hidden units", 1, 12),
                Parameter.whole("examples", "the number of examples", 10, 10_000),
                Parameter.whole("coins", "1 if pixels are tossed instead of drawn as bars and stripes", 0, 1),
                Parameter.whole("epochs", "the number of epochs", 1, 10_000),
                Parameter.real("rate", "of contrastive divergence", 1e-6, 10));
    }

    /** The numbers of sweeps of the cosines. */
    static double[] sweeps() {
        return new double[] {1, 2, 5, 10, 20, 50, 100};
    }

    @Override
    public Results compute(long seed, Setting setting) {
        Matrix examples = examples(seed, setting);
        RestrictedBoltzmannMachine start = RestrictedBoltzmannMachine.start(
                RandomStream.of(seed, "weights"), examples, setting.whole("hidden"), 0.1);
        List<RestrictedBoltzmannMachine> course = new ArrayList<>(List.of(start));
        Batches.train(
                start,
                examples,
                setting.whole("epochs"),
                BATCH,
                setting.get("rate"),
                RandomStream.of(seed, "chain"),
                course::add);
        double[] likelihood = course.stream()
                .mapToDouble(machine -> machine.logLikelihood(examples))
                .toArray();
        RestrictedBoltzmannMachine middle = course.get(course.size() / 4);
        Matrix exact = middle.gradient(examples);
        double[] cosines = IntStream.range(0, sweeps().length)
                .mapToDouble(i -> cosine(middle.expectedDivergence(examples, (int) sweeps()[i]), exact))
                .toArray();
        return Results.none()
                .with("likelihood", likelihood)
                .with("rise", likelihood[likelihood.length - 1] - likelihood[0])
                .with("cosines", cosines);
    }

    /** Rows or columns, each on or off with even chances: whole rows if a first coin says so, else whole columns. */
    private static Matrix examples(long seed, Setting setting) {
        RandomStream random = RandomStream.of(seed, "examples");
        int count = setting.whole("examples");
        boolean coins = setting.whole("coins") == 1;
        double[] pixels = new double[count * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            int example = i / PIXELS;
            int line = random.uniform(example, 0) < 0.5 ? i % PIXELS / SIDE : i % SIDE;
            pixels[i] = random.uniform(example, 1 + (coins ? i % PIXELS : line)) < 0.5 ? 1 : 0;
        }
        return new Matrix(count, PIXELS, pixels);
    }

    private static double cosine(Matrix a, Matrix b) {
        return Products.inner(a, b) / (Products.norm(a) * Products.norm(b));
    }
}

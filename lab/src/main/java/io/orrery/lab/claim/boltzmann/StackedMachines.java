package io.orrery.lab.claim.boltzmann;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.source.SmallDigits;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.theory.boltzmann.RestrictedBoltzmannMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two restricted Boltzmann machines, one on the other, on binary digits; a network that starts from them, and one that does not. */
final class StackedMachines implements Computation {
    static final String NAME = "stacked-machines";

    private static final int DIGITS = 10;
    private static final int BATCH = 50;
    private static final double DEVIATION = 0.05;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public String about() {
        return "restricted Boltzmann machines trained by contrastive divergence of one sweep on digits of 8 x 8 binary pixels, the second on"
                + " the first one's hidden probabilities; errors of reconstruction by epoch, and test accuracies of a sigmoid network that starts"
                + " from them and of one of the same size that starts from random weights";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("examples", "the number of training images", 50, 20_000),
                Parameter.whole("tests", "the number of test images", 10, 20_000),
                Parameter.whole("hidden", "units of each hidden layer", 1, 1000),
                Parameter.real("ink", "the mean ink of a pixel above which it is 1", 0, 1),
                Parameter.whole("shuffled", "1 if the pixels of each image are put in an order of its own", 0, 1),
                Parameter.whole("epochs", "of each Boltzmann machine", 1, 1000),
                Parameter.real("rate", "of contrastive divergence", 1e-6, 10),
                Parameter.whole("tuning", "epochs of both networks with labels", 0, 1000),
                Parameter.real("tuning-rate", "of both networks, with momentum 0.9", 1e-6, 10),
                Parameter.whole(
                        "frozen", "1 if of the stacked network the last layer alone is trained with labels", 0, 1));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        SmallDigits train = SmallDigits.of(seed, SplitName.TRAIN, setting.whole("examples"), DIGITS);
        SmallDigits test = SmallDigits.of(seed, SplitName.TEST, setting.whole("tests"), DIGITS);
        Matrix examples = binary(seed, "shuffle/train", train.images(), setting);
        Matrix others = binary(seed, "shuffle/test", test.images(), setting);
        List<Double> errors = new ArrayList<>();
        RestrictedBoltzmannMachine first = machine(seed, "first", examples, others, setting, errors);
        RestrictedBoltzmannMachine second =
                machine(seed, "second", first.up(examples), first.up(others), setting, new ArrayList<>());
        int hidden = setting.whole("hidden");
        SigmoidNetwork stacked = network(seed, hidden);
        place(stacked, 0, first);
        place(stacked, 1, second);
        SigmoidNetwork plain = network(seed, hidden);
        int from = setting.whole("frozen") == 1 ? 2 : 0;
        tune(stacked, examples, train.labels(), setting, from, seed);
        tune(plain, examples, train.labels(), setting, 0, seed);
        double stackedAccuracy = stacked.accuracy(others, test.labels());
        double plainAccuracy = plain.accuracy(others, test.labels());
        Matrix noise = shuffled(RandomStream.of(seed, "noise"), others);
        RestrictedBoltzmannMachine start = start(seed, "first", examples, setting);
        return Results.none()
                .with(
                        "reconstruction",
                        errors.stream().mapToDouble(Double::doubleValue).toArray())
                .with("left", errors.getLast() / errors.getFirst())
                .with("free-energy-train", mean(first.freeEnergies(examples)))
                .with("free-energy-test", mean(first.freeEnergies(others)))
                .with("free-energy-noise", mean(first.freeEnergies(noise)))
                .with("free-energy-test-start", mean(start.freeEnergies(others)))
                .with("free-energy-noise-start", mean(start.freeEnergies(noise)))
                .with("stacked", stackedAccuracy)
                .with("plain", plainAccuracy)
                .with("apart", stackedAccuracy - plainAccuracy);
    }

    private static Matrix binary(long seed, String order, Matrix images, Setting setting) {
        double ink = setting.get("ink");
        Matrix binary = new Matrix(
                images.rows(),
                images.columns(),
                Arrays.stream(images.values()).map(pixel -> pixel > ink ? 1 : 0).toArray());
        return setting.whole("shuffled") == 1 ? shuffled(RandomStream.of(seed, order), binary) : binary;
    }

    private static Matrix shuffled(RandomStream random, Matrix images) {
        int pixels = images.columns();
        double[] values = new double[images.values().length];
        for (int row = 0; row < images.rows(); row++) {
            int[] order = random.permutation(row, pixels);
            for (int i = 0; i < pixels; i++) {
                values[row * pixels + i] = images.at(row, order[i]);
            }
        }
        return new Matrix(images.rows(), pixels, values);
    }

    /** Trained; errors on other examples before training and after each epoch are noted. */
    private static RestrictedBoltzmannMachine machine(
            long seed, String name, Matrix examples, Matrix others, Setting setting, List<Double> errors) {
        RestrictedBoltzmannMachine start = start(seed, name, examples, setting);
        errors.add(start.reconstructionError(others));
        return Batches.train(
                start,
                examples,
                setting.whole("epochs"),
                BATCH,
                setting.get("rate"),
                RandomStream.of(seed, name + "/chain"),
                machine -> errors.add(machine.reconstructionError(others)));
    }

    private static RestrictedBoltzmannMachine start(long seed, String name, Matrix examples, Setting setting) {
        return RestrictedBoltzmannMachine.start(
                RandomStream.of(seed, name + "/weights"), examples, setting.whole("hidden"), DEVIATION);
    }

    private static SigmoidNetwork network(long seed, int hidden) {
        return SigmoidNetwork.random(
                RandomStream.of(seed, "network"), SmallDigits.SIDE * SmallDigits.SIDE, hidden, hidden, DIGITS);
    }

    private static void place(SigmoidNetwork network, int layer, RestrictedBoltzmannMachine machine) {
        network.weights()[layer] = new Matrix(
                machine.weights().rows(),
                machine.weights().columns(),
                machine.weights().values().clone());
        network.biases()[layer] = machine.hidden().clone();
    }

    private static void tune(
            SigmoidNetwork network, Matrix examples, int[] labels, Setting setting, int from, long seed) {
        network.train(
                examples,
                labels,
                setting.whole("tuning"),
                BATCH,
                setting.get("tuning-rate"),
                from,
                RandomStream.of(seed, "order"));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}

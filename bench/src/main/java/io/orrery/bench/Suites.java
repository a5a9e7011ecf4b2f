package io.orrery.bench;

import io.orrery.bench.peer.Dl4jTraining;
import io.orrery.bench.peer.TorchProduct;
import io.orrery.bench.peer.TorchTraining;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.worker.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The registry: every suite has one line in {@link #all}. */
final class Suites {
    private static final String TORCH = "libtorch";
    private static final int CLASSES = 10;
    private static final int PIXELS = 784;

    private final Workers workers;
    private final Workers two;
    private final Path home;

    /**
     * The suites of a bench.
     *
     * @param workers of contests that do not name a number of threads
     * @param two two of them
     * @param home the checkout, whose launcher is started
     */
    Suites(Workers workers, Workers two, Path home) {
        this.workers = workers;
        this.two = two;
        this.home = home;
    }

    List<Suite> all() {
        return List.of(
                new ContestSuite(
                        "products",
                        against(
                                "Matrix products",
                                "Those of dense layers with 784 inputs at batch 128, forward, back and for the weights, and"
                                        + " square ones."),
                        products()),
                new ContestSuite(
                        "kernels",
                        against(
                                "Single operations",
                                "Convolutions and both their gradients, elementwise functions, sums, random numbers."),
                        new Kernels(workers).contests()),
                new ContestSuite(
                        "mlp",
                        against(
                                "Training steps of dense networks",
                                "784 inputs, two hidden layers, ten outputs: forward, backward, momentum and weight decay. B is"
                                        + " the batch, H the width.",
                                1.5,
                                1.05),
                        mlp()),
                new ContestSuite(
                        "steps",
                        against(
                                "Training steps of other sizes",
                                "Batch 1 to 1024, width 16 to 2048, batch normalization, double precision."),
                        steps()),
                new ContestSuite(
                        "tiny",
                        against(
                                "Training steps of very small networks",
                                "What a step costs beyond its arithmetic. Layer sizes, then B with the batch.",
                                15,
                                Double.NaN),
                        tiny()),
                new ContestSuite(
                        "cnn",
                        against(
                                "Training steps of convolutional networks",
                                "Batch 128: small grey images, coloured ones, and strides in place of pooling.",
                                1.1,
                                0.8),
                        cnn()),
                new StudySuite(),
                new ContestSuite(
                        "dl4j",
                        new SuiteDescription(
                                "Training steps",
                                "The same dense networks; the peer works in a process of its own and is asked through a pipe.",
                                "DL4J",
                                2,
                                1.05),
                        dl4j()),
                new InstrumentSuite(),
                new StartupSuite(home),
                new MemorySuite(),
                new GuardSuite());
    }

    private static SuiteDescription against(String title, String text) {
        return against(title, text, Double.NaN, Double.NaN);
    }

    private static SuiteDescription against(String title, String text, double target, double least) {
        return new SuiteDescription(title, text, TORCH, target, least);
    }

    private List<Supplier<Contest>> products() {
        List<Supplier<Contest>> list = new ArrayList<>();
        for (int width : new int[] {64, 256, 1024}) {
            list.add(() -> product("forward-B128-H" + width, 128, width, PIXELS, false, true, Precision.SINGLE));
            list.add(() -> product("weights-B128-H" + width, width, PIXELS, 128, true, false, Precision.SINGLE));
            list.add(() -> product("back-B128-H" + width, 128, width, width, false, false, Precision.SINGLE));
        }
        list.add(() -> product("square-128", 128, 128, 128, false, false, Precision.SINGLE));
        list.add(() -> product("square-128-double", 128, 128, 128, false, false, Precision.DOUBLE));
        list.add(() -> product("square-256", 256, 256, 256, false, false, Precision.SINGLE));
        list.add(() -> product("square-256-double", 256, 256, 256, false, false, Precision.DOUBLE));
        list.add(() -> product("square-512", 512, 512, 512, false, false, Precision.SINGLE));
        list.add(() -> product("square-1024", 1024, 1024, 1024, false, false, Precision.SINGLE));
        return list;
    }

    private Contest product(
            String shape, int m, int n, int k, boolean transposeLeft, boolean transposeRight, Precision precision) {
        return new Contest(
                "products",
                shape,
                workers.threads(),
                2.0 * m * n * k,
                0,
                OrreryOperation.product(m, n, k, transposeLeft, transposeRight, precision, workers),
                new TorchProduct(m, n, k, transposeLeft, transposeRight, precision == Precision.DOUBLE));
    }

    private List<Supplier<Contest>> mlp() {
        List<Supplier<Contest>> list = new ArrayList<>();
        for (Workers team : workers == two ? List.of(two) : List.of(workers, two)) {
            for (int batch : new int[] {32, 128}) {
                for (int width : new int[] {64, 256, 1024}) {
                    list.add(() -> training(
                            "mlp",
                            "B" + batch + "-H" + width + (team == workers ? "" : "-T2"),
                            batch,
                            Precision.SINGLE,
                            false,
                            team,
                            PIXELS,
                            width,
                            width,
                            CLASSES));
                }
            }
        }
        return list;
    }

    private List<Supplier<Contest>> steps() {
        List<Supplier<Contest>> list = new ArrayList<>();
        int[][] batchesAndWidths = {
            {1, 16},
            {1, 128},
            {1, 1024},
            {16, 16},
            {16, 256},
            {128, 16},
            {128, 512},
            {128, 2048},
            {1024, 128},
            {1024, 512}
        };
        for (int[] pair : batchesAndWidths) {
            list.add(() -> step(pair[0], pair[1], Precision.SINGLE, false));
        }
        list.add(() -> step(32, 64, Precision.DOUBLE, false));
        list.add(() -> step(128, 256, Precision.DOUBLE, false));
        list.add(() -> step(128, 1024, Precision.DOUBLE, false));
        list.add(() -> step(128, 256, Precision.SINGLE, true));
        list.add(() -> cnn("steps", ConvolutionalNetwork.MNIST_NORMALIZED));
        return list;
    }

    private Contest step(int batch, int width, Precision precision, boolean batchNormalization) {
        String shape = "B" + batch + "-H" + width + (precision == Precision.DOUBLE ? "-double" : "")
                + (batchNormalization ? "-normalized" : "");
        return training("steps", shape, batch, precision, batchNormalization, workers, PIXELS, width, width, CLASSES);
    }

    private List<Supplier<Contest>> tiny() {
        List<Supplier<Contest>> list = new ArrayList<>();
        for (int[] sizes : new int[][] {{20, 32, 32, 1}, {4, 10, 3}}) {
            String widths = IntStream.of(sizes).mapToObj(Integer::toString).collect(Collectors.joining("-"));
            for (int batch : new int[] {1, 4, 16}) {
                for (Precision precision : Precision.values()) {
                    String shape = widths + "-B" + batch + (precision == Precision.DOUBLE ? "-double" : "-single");
                    list.add(() -> training("tiny", shape, batch, precision, false, workers, sizes));
                }
            }
        }
        return list;
    }

    private static Contest training(
            String suite,
            String shape,
            int batch,
            Precision precision,
            boolean batchNormalization,
            Workers team,
            int... sizes) {
        OrreryTraining ours = OrreryTraining.mlp(batch, precision, batchNormalization, team, sizes);
        TorchTraining theirs = TorchTraining.mlp(batch, precision == Precision.DOUBLE, batchNormalization, sizes);
        return new Contest(suite, shape, team.threads(), ours.flops(), 0, ours, theirs);
    }

    private List<Supplier<Contest>> cnn() {
        return List.of(
                () -> cnn("cnn", ConvolutionalNetwork.MNIST),
                () -> cnn("cnn", ConvolutionalNetwork.CIFAR),
                () -> cnn("cnn", ConvolutionalNetwork.STRIDED));
    }

    private Contest cnn(String suite, ConvolutionalNetwork network) {
        int batch = 128;
        OrreryTraining ours = OrreryTraining.cnn(batch, network, workers);
        return new Contest(
                suite,
                network.name() + "-B" + batch,
                workers.threads(),
                ours.flops(),
                0,
                ours,
                TorchTraining.cnn(batch, network));
    }

    private List<Supplier<Contest>> dl4j() {
        List<Supplier<Contest>> list = new ArrayList<>();
        int[][] shapes = {
            {4, 20, 32, 32, 1},
            {32, PIXELS, 64, 64, CLASSES},
            {128, PIXELS, 64, 64, CLASSES},
            {32, PIXELS, 256, 256, CLASSES},
            {128, PIXELS, 256, 256, CLASSES},
            {32, PIXELS, 1024, 1024, CLASSES},
            {128, PIXELS, 1024, 1024, CLASSES}
        };
        for (int[] shape : shapes) {
            int batch = shape[0];
            int[] sizes = Arrays.copyOfRange(shape, 1, shape.length);
            list.add(() -> {
                OrreryTraining ours = OrreryTraining.mlp(batch, Precision.SINGLE, workers, sizes);
                Dl4jTraining theirs = Dl4jTraining.start(home, workers.threads(), batch, sizes);
                return new Contest(
                        "dl4j", "B" + batch + "-H" + sizes[1], workers.threads(), ours.flops(), 0, ours, theirs);
            });
        }
        return list;
    }
}

package io.orrery.bench;

import io.orrery.bench.peer.TorchProduct;
import io.orrery.bench.peer.TorchTraining;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Which contests there are; each suite is one method and one line in {@link #contests}. */
final class Suites {
    private static final int CLASSES = 10;
    private static final int PIXELS = 784;

    private final Workers workers;

    Suites(Workers workers) {
        this.workers = workers;
    }

    /** Suites by name; a contest is made when its turn comes, so that one shape's memory is held at a time. */
    Map<String, List<Supplier<Contest>>> contests() {
        Map<String, List<Supplier<Contest>>> suites = new LinkedHashMap<>();
        suites.put("products", products());
        suites.put("mlp", mlp());
        suites.put("tiny", tiny());
        suites.put("cnn", cnn());
        return suites;
    }

    private List<Supplier<Contest>> products() {
        List<Supplier<Contest>> list = new ArrayList<>();
        for (int width : new int[] {64, 256, 1024}) {
            list.add(() -> product("forward-B128-H" + width, 128, width, PIXELS, false, true));
            list.add(() -> product("weights-B128-H" + width, width, PIXELS, 128, true, false));
            list.add(() -> product("back-B128-H" + width, 128, width, width, false, false));
        }
        list.add(() -> product("square-512", 512, 512, 512, false, false));
        list.add(() -> product("square-1024", 1024, 1024, 1024, false, false));
        return list;
    }

    private Contest product(String shape, int m, int n, int k, boolean transposeLeft, boolean transposeRight) {
        return new Contest(
                "products",
                shape,
                2.0 * m * n * k,
                new OrreryProduct(m, n, k, transposeLeft, transposeRight, workers),
                new TorchProduct(m, n, k, transposeLeft, transposeRight));
    }

    private List<Supplier<Contest>> mlp() {
        List<Supplier<Contest>> list = new ArrayList<>();
        for (int batch : new int[] {32, 128}) {
            for (int width : new int[] {64, 256, 1024}) {
                list.add(() -> {
                    int[] sizes = {PIXELS, width, width, CLASSES};
                    OrreryTraining ours = OrreryTraining.mlp(batch, Precision.SINGLE, workers, sizes);
                    return new Contest(
                            "mlp",
                            "B" + batch + "-H" + width,
                            ours.flops(),
                            ours,
                            TorchTraining.mlp(batch, false, sizes));
                });
            }
        }
        return list;
    }

    private List<Supplier<Contest>> tiny() {
        List<Supplier<Contest>> list = new ArrayList<>();
        for (int[] sizes : new int[][] {{20, 32, 32, 1}, {4, 10, 3}}) {
            for (int batch : new int[] {1, 4, 16}) {
                for (Precision precision : Precision.values()) {
                    list.add(() -> {
                        OrreryTraining ours = OrreryTraining.mlp(batch, precision, workers, sizes);
                        boolean doubles = precision == Precision.DOUBLE;
                        return new Contest(
                                "tiny",
                                text(sizes) + "-B" + batch + (doubles ? "-double" : "-single"),
                                ours.flops(),
                                ours,
                                TorchTraining.mlp(batch, doubles, sizes));
                    });
                }
            }
        }
        return list;
    }

    private List<Supplier<Contest>> cnn() {
        boolean[] threePools = {true, true, false};
        boolean[] fourPools = {true, true, true, false};
        return List.of(
                () -> cnn("mnist-16-32-64", 1, 28, new int[] {16, 32, 64}, 3, 1, 1, threePools),
                () -> cnn("cifar-32-64-128-128", 3, 32, new int[] {32, 64, 128, 128}, 3, 1, 1, fourPools),
                () -> cnn("cifar-strided-32-64-128", 3, 32, new int[] {32, 64, 128}, 3, 2, 1, new boolean[3]));
    }

    private Contest cnn(
            String shape, int channels, int size, int[] widths, int kernel, int stride, int padding, boolean[] pool) {
        int batch = 128;
        OrreryTraining ours =
                OrreryTraining.cnn(batch, channels, size, widths, kernel, stride, padding, pool, CLASSES, workers);
        return new Contest(
                "cnn",
                shape + "-B" + batch,
                ours.flops(),
                ours,
                TorchTraining.cnn(batch, channels, size, widths, kernel, stride, padding, pool, CLASSES));
    }

    private static String text(int[] sizes) {
        return String.join(
                "-", java.util.Arrays.stream(sizes).mapToObj(Integer::toString).toList());
    }
}

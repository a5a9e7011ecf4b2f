package io.orrery.lab.claim.rules;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.generated.Handwriting;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.InputRows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forward-forward and its collaborative form on digits drawn from strokes, 14 x 14, ten inputs beside the pixels for the label (the
 * source replaces the first ten pixels by them). Of each example and step there are two: with its label, and with a wrong one drawn anew.
 * The class that is told is the one whose label has the largest goodness, summed over layers.
 */
final class ForwardForward implements Computation {
    static final String NAME = "forward-forward";

    private static final int DIGITS = 10;
    private static final int SIDE = Handwriting.SIZE / 2;
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
        return "layers that learn by their own goodness, alone or with that of the others, on small digits drawn from strokes: test accuracy by the"
                + " sum over layers and by each layer, and what each layer's decision tells of the label and of the next layer's decision";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("train", "training examples, a multiple of 50", 50, 60_000),
                Parameter.whole("test", "test examples", 10, 10_000),
                Parameter.whole("units", "units of a layer", 2, 2000),
                Parameter.whole("layers", "layers", 2, 10),
                Parameter.whole("epochs", "passes over the training examples", 1, 1000),
                Parameter.real("rate", "learning rate of Adam", 1e-6, 1),
                Parameter.real("theta", "goodness above which an example counts as one with its label", 0, 100),
                Parameter.real("collaboration", "factor of the goodness of other layers; 0: each layer alone", 0, 1),
                Parameter.whole(
                        "shuffled", "1: other layers' goodness is that of the next example of the batch", 0, 1));
    }

    /** After how many epochs accuracies are taken: 0, 20, 100 and 500, and the last. */
    static int[] looks(int epochs) {
        return IntStream.concat(IntStream.of(0, 20, 100, 500).filter(epoch -> epoch < epochs), IntStream.of(epochs))
                .toArray();
    }

    /** Pixels and labels. */
    record Digits(double[][] pixels, int[] labels) {}

    @Override
    public Results compute(long seed, Setting setting) {
        int epochs = setting.whole("epochs");
        int depth = setting.whole("layers");
        RandomStream drawing = RandomStream.of(seed, "digits");
        Digits train = digits(drawing, 0, setting.whole("train"));
        Digits test = digits(drawing, Generated.TEST_STEPS, setting.whole("test"));
        int[] widths = new int[depth + 1];
        Arrays.fill(widths, setting.whole("units"));
        widths[0] = PIXELS + DIGITS;
        GoodnessLayers layers = new GoodnessLayers(RandomStream.of(seed, "weights"), setting.get("theta"), widths);
        int[] looks = looks(epochs);
        Decisions[] seen = new Decisions[looks.length];
        int next = 0;
        for (int epoch = 0; epoch <= epochs; epoch++) {
            if (looks[next] == epoch) {
                seen[next++] = Decisions.of(layers, test);
            }
            if (epoch < epochs) {
                epoch(layers, train, seed, epoch, setting);
            }
        }
        Decisions last = seen[seen.length - 1];
        Results results = Results.none()
                .with("last", last.accuracy())
                .with("deeper", deeper(last.solo()))
                .with(
                        "accuracy",
                        Arrays.stream(seen).mapToDouble(Decisions::accuracy).toArray())
                .with("solo", last.solo())
                .with("information", last.information())
                .with("passed", last.passed());
        for (int l = 0; l < depth; l++) {
            int layer = l;
            results = results.with(
                    "information-" + (l + 1),
                    Arrays.stream(seen)
                            .mapToDouble(decisions -> decisions.information()[layer])
                            .toArray());
        }
        return results;
    }

    /** The mean over all layers but the first. */
    private static double deeper(double[] solo) {
        return Arrays.stream(solo, 1, solo.length).average().orElseThrow();
    }

    private static void epoch(GoodnessLayers layers, Digits train, long seed, int epoch, Setting setting) {
        int count = train.labels.length;
        int[] order = RandomStream.of(seed, "order").permutation(epoch, count);
        RandomStream wrong = RandomStream.of(seed, "wrong labels");
        double collaboration = setting.get("collaboration");
        int shift = setting.whole("shuffled");
        for (int from = 0; from + BATCH <= count; from += BATCH) {
            GoodnessLayers.Pass[] right = new GoodnessLayers.Pass[BATCH];
            GoodnessLayers.Pass[] other = new GoodnessLayers.Pass[BATCH];
            for (int i = 0; i < BATCH; i++) {
                int example = order[from + i];
                int label = train.labels[example];
                int shown = (label + 1 + wrong.integer(epoch, example, DIGITS - 1)) % DIGITS;
                right[i] = layers.pass(labelled(train.pixels[example], label));
                other[i] = layers.pass(labelled(train.pixels[example], shown));
            }
            for (int i = 0; i < BATCH; i++) {
                int told = (i + shift) % BATCH;
                for (int l = 0; l < layers.count(); l++) {
                    layers.learn(l, right[i], true, collaboration * right[told].others(l));
                    layers.learn(l, other[i], false, collaboration * other[told].others(l));
                }
            }
            layers.update(setting.get("rate"), BATCH);
        }
    }

    /** The pixels, then a one at the label's place. */
    static double[] labelled(double[] pixels, int label) {
        double[] example = Arrays.copyOf(pixels, PIXELS + DIGITS);
        example[PIXELS + label] = 1;
        return example;
    }

    /** Digit i mod 10, means of two by two pixels. */
    static Digits digits(RandomStream random, long firstStep, int count) {
        int all = Handwriting.SIZE * Handwriting.SIZE;
        double[][] pixels = new double[count][PIXELS];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++) {
            labels[n] = n % DIGITS;
            InputRows drawn = InputRows.of(1, Shape.of(1, Handwriting.SIZE, Handwriting.SIZE), Precision.DOUBLE);
            Handwriting.draw(labels[n], random, firstStep + n, drawn, 0);
            SharedArray large = drawn.array();
            for (int i = 0; i < all; i++) {
                int y = i / Handwriting.SIZE / 2;
                int x = i % Handwriting.SIZE / 2;
                pixels[n][y * SIDE + x] += large.get(i) / 4;
            }
        }
        return new Digits(pixels, labels);
    }

    /**
     * What the layers decide on test examples.
     *
     * @param labels the right classes
     * @param together by the sum of goodness over layers
     * @param each [layer][example], by the goodness of one layer
     */
    record Decisions(int[] labels, int[] together, int[][] each) {
        static Decisions of(GoodnessLayers layers, Digits test) {
            int count = test.labels.length;
            int[] together = new int[count];
            int[][] each = new int[layers.count()][count];
            for (int n = 0; n < count; n++) {
                double[] sums = new double[DIGITS];
                double[][] goodness = new double[layers.count()][DIGITS];
                for (int label = 0; label < DIGITS; label++) {
                    double[] of = layers.pass(labelled(test.pixels[n], label)).goodness();
                    for (int l = 0; l < of.length; l++) {
                        sums[label] += of[l];
                        goodness[l][label] = of[l];
                    }
                }
                together[n] = largest(sums);
                for (int l = 0; l < each.length; l++) {
                    each[l][n] = largest(goodness[l]);
                }
            }
            return new Decisions(test.labels, together, each);
        }

        double accuracy() {
            return agreement(labels, together);
        }

        double[] solo() {
            return Arrays.stream(each)
                    .mapToDouble(layer -> agreement(labels, layer))
                    .toArray();
        }

        /** Bits that the decision of each layer tells of the label. */
        double[] information() {
            return Arrays.stream(each)
                    .mapToDouble(layer -> information(labels, layer))
                    .toArray();
        }

        /** Bits that the decision of each layer tells of that of the next. */
        double[] passed() {
            return IntStream.range(1, each.length)
                    .mapToDouble(l -> information(each[l - 1], each[l]))
                    .toArray();
        }

        private static double agreement(int[] one, int[] other) {
            return IntStream.range(0, one.length)
                            .filter(i -> one[i] == other[i])
                            .count()
                    / (double) one.length;
        }

        private static int largest(double[] values) {
            int best = 0;
            for (int i = 1; i < values.length; i++) {
                best = values[i] > values[best] ? i : best;
            }
            return best;
        }

        /**
         * Mutual information of two classifications in bits, by the shares in which they are seen, less Miller's (1955) bias: (cells seen
         * less rows seen less columns seen, plus one) / (2 n ln 2).
         */
        static double information(int[] one, int[] other) {
            int n = one.length;
            double[][] joint = new double[DIGITS][DIGITS];
            double[] rows = new double[DIGITS];
            double[] columns = new double[DIGITS];
            for (int i = 0; i < n; i++) {
                joint[one[i]][other[i]]++;
                rows[one[i]]++;
                columns[other[i]]++;
            }
            double sum = 0;
            int cells = 0;
            for (int a = 0; a < DIGITS; a++) {
                for (int b = 0; b < DIGITS; b++) {
                    if (joint[a][b] > 0) {
                        sum += joint[a][b] / n * StrictMath.log(joint[a][b] * n / (rows[a] * columns[b]));
                        cells++;
                    }
                }
            }
            double bias = (cells - seen(rows) - seen(columns) + 1) / (2.0 * n);
            return (sum - bias) / StrictMath.log(2);
        }

        private static int seen(double[] counts) {
            return (int) Arrays.stream(counts).filter(count -> count > 0).count();
        }
    }
}

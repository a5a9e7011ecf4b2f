package io.orrery.engine.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamTest {
    private static final int MANY = 100_000;
    private final RandomStream stream = RandomStream.of(7, "init/layer1");

    /** The SHA-256 of eight zero bytes begins af5570f5a1810b7a. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 130})
    void arraysHoldWhatIsDrawnOneByOneWhereverTheyBegin(int count) {
        RandomStream stream = RandomStream.of(11, "arrays");
        long key = RandomStream.key(11, "arrays");
        for (int from = 0; from < 6; from++) {
            double[] uniforms = stream.uniforms(9, from, count);
            double[] normals = new double[from + count];
            float[] singles = new float[from + count];
            float[] normalSingles = new float[from + count];
            Draws.normal(key, 9, normals, 0, from, from + count);
            Draws.uniform(key, 9, singles, 0, from, from + count);
            Draws.normal(key, 9, normalSingles, 0, from, from + count);
            for (int i = from; i < from + count; i++) {
                assertThat(uniforms[i - from]).isEqualTo(stream.uniform(9, i));
                assertThat(normals[i]).isEqualTo(stream.normal(9, i));
                assertThat(singles[i]).isEqualTo(Draws.uniformSingle(key, 9, i));
                assertThat(normalSingles[i]).isEqualTo((float) stream.normal(9, i));
            }
        }
    }

    @Test
    void keyIsTheStartOfTheHash() {
        assertThat(RandomStream.key(0, "")).isEqualTo(0x7a0b81a1f57055afL);
    }

    @Test
    void seedsNamesAndStepsGiveOtherNumbers() {
        assertThat(RandomStream.of(8, "init/layer1").normal(0, 0)).isNotEqualTo(stream.normal(0, 0));
        assertThat(RandomStream.of(7, "init/layer2").normal(0, 0)).isNotEqualTo(stream.normal(0, 0));
        assertThat(stream.normal(1, 0)).isNotEqualTo(stream.normal(0, 0));
        assertThat(stream.normal(0, 1)).isNotEqualTo(stream.normal(0, 0));
        assertThat(RandomStream.of(7, "init/layer1").normal(0, 0)).isEqualTo(stream.normal(0, 0));
    }

    @Test
    void uniformHasTheMomentsAndFillsItsRangeEvenly() {
        double[] values = stream.uniforms(3, 0, MANY);
        assertThat(Arrays.stream(values).min().orElseThrow()).isGreaterThanOrEqualTo(0);
        assertThat(Arrays.stream(values).max().orElseThrow()).isLessThan(1);
        // Five standard errors.
        assertThat(mean(values)).isCloseTo(0.5, within(5 * Math.sqrt(1.0 / 12 / MANY)));
        assertThat(chiSquare(Arrays.stream(values).mapToInt(u -> (int) (u * 64)).toArray(), 64))
                .isBetween(20.0, 125.0);
    }

    @Test
    void normalHasTheMomentsAndTheTails() {
        double[] values = stream.normals(3, MANY);
        assertThat(mean(values)).isCloseTo(0, within(5 / Math.sqrt(MANY)));
        assertThat(mean(Arrays.stream(values).map(z -> z * z).toArray()))
                .isCloseTo(1, within(5 * Math.sqrt(2.0 / MANY)));
        assertThat(mean(Arrays.stream(values).map(z -> z * z * z).toArray()))
                .isCloseTo(0, within(5 * Math.sqrt(15.0 / MANY)));
        assertThat(mean(Arrays.stream(values).map(z -> z * z * z * z).toArray()))
                .isCloseTo(3, within(5 * Math.sqrt(96.0 / MANY)));
        // P(|z| > 1.959964) = 0.05.
        assertThat(mean(Arrays.stream(values)
                        .map(z -> Math.abs(z) > 1.959964 ? 1 : 0)
                        .toArray()))
                .isCloseTo(0.05, within(5 * Math.sqrt(0.05 * 0.95 / MANY)));
        double[] products = new double[MANY / 2];
        for (int i = 0; i < products.length; i++) {
            products[i] = values[2 * i] * values[2 * i + 1];
        }
        assertThat(mean(products)).isCloseTo(0, within(5 / Math.sqrt(products.length)));
    }

    @Test
    void integersAreEvenForBoundsThatDoNotDivideTheWord() {
        int bound = 48;
        int[] values =
                IntStream.range(0, MANY).map(i -> stream.integer(2, i, bound)).toArray();
        assertThat(chiSquare(values, bound)).isBetween(15.0, 100.0);
        // Just above 2^30 a plain remainder would make the lower quarter a third more likely.
        int large = 3 << 29;
        double below = IntStream.range(0, MANY)
                .filter(i -> stream.integer(2, i, large) < large / 3)
                .count();
        assertThat(below / MANY).isCloseTo(1.0 / 3, within(5 * Math.sqrt(2.0 / 9 / MANY)));
        assertThat(stream.integer(2, 5, 1)).isZero();
        assertThat(stream.integer(2, 5, Integer.MAX_VALUE)).isNotNegative();
    }

    @Test
    void permutationsHoldEveryNumberOnceAndAreEven() {
        int[] order = stream.permutation(4, 1000);
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(order).isEqualTo(stream.permutation(4, 1000)).isNotEqualTo(stream.permutation(5, 1000));
        int[] kinds = IntStream.range(0, 24_000)
                .map(step -> {
                    int[] three = stream.permutation(step, 3);
                    return three[0] * 2 + (three[1] > three[2] ? 1 : 0);
                })
                .toArray();
        assertThat(chiSquare(kinds, 6)).isLessThan(25);
        assertThat(stream.permutation(0, 0)).isEmpty();
    }

    @Test
    void arraysHoldTheSameNumbersInAnyPartsAndOrder() {
        long key = RandomStream.key(7, "init/layer1");
        int length = 1021;
        float[] singles = new float[length];
        float[] singleNormals = new float[length];
        double[] doubles = new double[length];
        double[] normals = new double[length];
        for (int part = 6; part >= 0; part--) {
            new FloatRandom(key).uniform(9, singles, 0, length, part, 7);
            new FloatRandom(key).normal(9, singleNormals, 0, length, new float[FloatRandom.SCRATCH], 0, part, 7);
            new DoubleRandom(key).uniform(9, doubles, 0, length, part, 7);
            new DoubleRandom(key).normal(9, normals, 0, length, new double[DoubleRandom.SCRATCH], 0, part, 7);
        }
        float[] whole = new float[length];
        new FloatRandom(key).uniform(9, whole, 0, length, 0, 1);
        assertThat(singles).isEqualTo(whole);
        assertThat(doubles).isEqualTo(stream.uniforms(9, 0, length));
        assertThat(normals).isEqualTo(stream.normals(9, length));
        for (int i = length - 1; i >= 0; i--) {
            assertThat(doubles[i]).isEqualTo(stream.uniform(9, i));
            assertThat(normals[i]).isEqualTo(stream.normal(9, i));
            assertThat(singleNormals[i]).isEqualTo((float) normals[i]);
            assertThat(singles[i]).isBetween(0f, Math.nextDown(1f));
        }
    }

    @Test
    void singlesAreEven() {
        float[] values = new float[MANY];
        new FloatRandom(5).uniform(0, values, 0, MANY, 0, 1);
        int[] bins = new int[MANY];
        for (int i = 0; i < MANY; i++) {
            bins[i] = (int) (values[i] * 64);
        }
        assertThat(chiSquare(bins, 64)).isBetween(20.0, 125.0);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        assertThatThrownBy(() -> stream.integer(0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the bound of a random integer must be at least 1, found 0");
        assertThatThrownBy(() -> stream.uniform(0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a random index must be in 0..2^48-1, found -1");
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Pearson's statistic against equal frequencies; its mean is bins - 1, its variance twice that. */
    private static double chiSquare(int[] bins, int count) {
        int[] counts = new int[count];
        for (int bin : bins) {
            counts[bin]++;
        }
        double expected = (double) bins.length / count;
        return Arrays.stream(counts)
                .mapToDouble(c -> (c - expected) * (c - expected) / expected)
                .sum();
    }
}

package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScribblesTest {
    private static final int PIXELS = 28 * 28;

    @Test
    void digitsComeInTurnAsGreyImages() {
        Dataset data = new Scribbles(50, 20).load(3);

        assertThat(data.exampleShape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(data.train().inputs().shape()).isEqualTo(Shape.of(50, 1, 28, 28));
        assertThat(data.train().countsPerClass(10)).containsOnly(5);
        assertThat(data.test().orElseThrow().countsPerClass(10)).containsOnly(2);
        assertThat(data.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        for (float pixel : data.train().inputs().singles()) {
            assertThat(pixel).isBetween(0f, 1f);
        }
    }

    @Test
    void everyImageHasInkInsideAndPaperAtTheRim() {
        float[] pixels = new Scribbles(500, 0).load(5).train().inputs().singles();
        for (int image = 0; image < 500; image++) {
            double ink = 0;
            double rim = 0;
            for (int i = 0; i < PIXELS; i++) {
                float pixel = pixels[image * PIXELS + i];
                ink += pixel;
                boolean outer = i % 28 == 0 || i % 28 == 27 || i < 28 || i >= 27 * 28;
                rim += outer ? pixel : 0;
            }
            assertThat(ink).as("ink of image " + image).isBetween(20.0, 250.0);
            assertThat(rim).as("ink at the rim of image " + image).isLessThan(0.2 * ink);
        }
    }

    @Test
    void sameSeedSameBitsAndLargerSetsBeginWithSmallerOnes() {
        float[] few = new Scribbles(30, 0).load(7).train().inputs().singles();
        float[] many = new Scribbles(60, 0).load(7).train().inputs().singles();

        assertThat(Arrays.copyOf(many, few.length)).isEqualTo(few);
        assertThat(new Scribbles(30, 0).load(8).train().inputs().singles()).isNotEqualTo(few);
    }

    @Test
    void noTwoImagesAreTheSame() {
        Dataset data = new Scribbles(40, 40).load(1);
        float[] train = data.train().inputs().singles();
        float[] test = data.test().orElseThrow().inputs().singles();
        for (int i = 0; i < 40; i++) {
            float[] one = Arrays.copyOfRange(train, i * PIXELS, (i + 1) * PIXELS);
            assertThat(Arrays.copyOfRange(test, i * PIXELS, (i + 1) * PIXELS)).isNotEqualTo(one);
            if (i >= 10) {
                assertThat(Arrays.copyOfRange(train, (i - 10) * PIXELS, (i - 9) * PIXELS))
                        .isNotEqualTo(one);
            }
        }
    }

    /** A problem worth learning: the nearest training image is usually, but not always, of the right digit. */
    @Test
    void nearestNeighbourIsGoodButNotPerfect() {
        Dataset data = new Scribbles(1000, 300).load(2);
        Split test = data.test().orElseThrow();
        int right = 0;
        for (int i = 0; i < test.count(); i++) {
            right += data.train().labels()[nearest(data.train(), test.inputs().singles(), i)] == test.labels()[i]
                    ? 1
                    : 0;
        }
        assertThat(right / 300.0).isBetween(0.85, 0.97);
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> new Scribbles(0, 10).load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("data.train of source scribbles must be at least 1, found 0");
        assertThatThrownBy(() -> new Scribbles(10, -1).load(1))
                .isInstanceOf(UserError.class)
                .hasMessage("data.test of source scribbles must be at least 0, found -1");
        assertThatThrownBy(() -> new Scribbles(100_000_000, 0).load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("do not fit one array");
    }

    @Test
    void noTestExamplesMeansNoTestSplit() {
        assertThat(new Scribbles(10, 0).load(1).test()).isEmpty();
    }

    private static int nearest(Split train, float[] images, int image) {
        float[] known = train.inputs().singles();
        double best = Double.POSITIVE_INFINITY;
        int nearest = -1;
        for (int j = 0; j < train.count(); j++) {
            double distance = 0;
            for (int k = 0; k < PIXELS; k++) {
                double difference = images[image * PIXELS + k] - known[j * PIXELS + k];
                distance += difference * difference;
            }
            if (distance < best) {
                best = distance;
                nearest = j;
            }
        }
        return nearest;
    }
}

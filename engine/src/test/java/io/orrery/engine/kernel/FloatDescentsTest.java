package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Descent in one pass against its three formulas, number by number. */
@Tag("kernel")
class FloatDescentsTest {
    private static final float DECAY = 0.01f;
    private static final float MOMENTUM = 0.9f;
    private static final float MINUS_RATE = -0.1f;

    @Test
    void descentByHand() {
        float[] weight = {2};
        float[] velocity = {1};
        FloatDescents.descend(weight, 0, new float[] {3}, 0, velocity, 0, 0.5f, -0.25f, 1);
        assertThat(velocity).containsExactly(3.5f);
        assertThat(weight).containsExactly(1.125f);
        FloatDescents.decayed(weight, 0, new float[] {3}, 0, velocity, 0, 2, 0.5f, -0.25f, 1);
        assertThat(velocity).containsExactly(7);
        assertThat(weight).containsExactly(-0.625f);
    }

    @Test
    void everyLengthAndOffsetHasTheBitsOfTheFormulas() {
        SplittableRandom random = new SplittableRandom(1);
        for (int length : Lengths.AWKWARD) {
            for (boolean decayed : new boolean[] {false, true}) {
                float[] weight = numbers(random, length + 9);
                float[] gradient = numbers(random, length + 9);
                float[] velocity = numbers(random, length + 9);
                float[] expectedWeight = weight.clone();
                float[] expectedVelocity = velocity.clone();
                for (int i = 0; i < length; i++) {
                    float w = weight[2 + i];
                    float g = decayed ? Math.fma(w, DECAY, gradient[3 + i]) : gradient[3 + i];
                    expectedVelocity[5 + i] = Math.fma(velocity[5 + i], MOMENTUM, g);
                    expectedWeight[2 + i] = Math.fma(expectedVelocity[5 + i], MINUS_RATE, w);
                }
                if (decayed) {
                    FloatDescents.decayed(weight, 2, gradient, 3, velocity, 5, DECAY, MOMENTUM, MINUS_RATE, length);
                } else {
                    FloatDescents.descend(weight, 2, gradient, 3, velocity, 5, MOMENTUM, MINUS_RATE, length);
                }
                assertThat(Bits.of(velocity)).containsExactly(Bits.of(expectedVelocity));
                assertThat(Bits.of(weight)).containsExactly(Bits.of(expectedWeight));
            }
        }
    }

    private static float[] numbers(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-2, 2);
        }
        return numbers;
    }
}

package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transposed blocks element by element, and nothing written beside them. */
@Tag("kernel")
class FloatTransposeTest {
    @Test
    void everyElementComesToItsPlaceAndNothingElseIsWritten() {
        SplittableRandom random = new SplittableRandom(1);
        for (int rows = 1; rows <= 34; rows++) {
            for (int columns = 1; columns <= 40; columns++) {
                int fromStride = columns + random.nextInt(4);
                int toStride = rows + random.nextInt(4);
                int fromAt = random.nextInt(5);
                int toAt = random.nextInt(5);
                float[] from = new float[fromAt + rows * fromStride];
                for (int i = 0; i < from.length; i++) {
                    from[i] = i + 1;
                }
                float[] to = new float[toAt + columns * toStride];
                float[] expected = to.clone();
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        expected[toAt + j * toStride + i] = from[fromAt + i * fromStride + j];
                    }
                }
                FloatTranspose.transpose(rows, columns, from, fromAt, fromStride, to, toAt, toStride);
                assertThat(to).as("%d x %d", rows, columns).containsExactly(expected);
            }
        }
    }
}

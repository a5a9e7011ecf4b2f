package io.orrery.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors make the bits that are drawn one by one, wherever a part begins and ends; at every vector width. */
@Tag("kernel")
class VectorRandomTest {
    private static final long KEY = 0x9E3779B97F4A7C15L;
    private static final long STEP = 1L << 33 | 12345;
    private static final int[] LENGTHS = {1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 509, 1024, 4099};
    private static final int[] PARTS = {1, 2, 3, 7};
    private static final int SPARE = 5;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void singles(boolean compiled) {
        float[] scratch = new float[3 + FloatRandom.SCRATCH];
        FloatRandom random = new FloatRandom(KEY, compiled);
        for (int length : LENGTHS) {
            float[] uniforms = new float[length];
            float[] normals = new float[length];
            Draws.uniform(KEY, STEP, uniforms, 0, 0, length);
            Draws.normal(KEY, STEP, normals, 0, 0, length);
            for (int parts : PARTS) {
                float[] found = new float[length + 2 * SPARE];
                float[] foundNormals = new float[length + 2 * SPARE];
                for (int part = 0; part < parts; part++) {
                    random.uniform(STEP, found, SPARE, length, part, parts);
                    random.normal(STEP, foundNormals, SPARE, length, scratch, 3, part, parts);
                }
                assertThat(found).as("%d uniforms in %d parts", length, parts).isEqualTo(padded(uniforms));
                assertThat(foundNormals)
                        .as("%d normals in %d parts", length, parts)
                        .isEqualTo(padded(normals));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doubles(boolean compiled) {
        double[] scratch = new double[3 + DoubleRandom.SCRATCH];
        DoubleRandom random = new DoubleRandom(KEY, compiled);
        for (int length : LENGTHS) {
            double[] uniforms = new double[length];
            double[] normals = new double[length];
            Draws.uniform(KEY, STEP, uniforms, 0, 0, length);
            Draws.normal(KEY, STEP, normals, 0, 0, length);
            for (int parts : PARTS) {
                double[] found = new double[length + 2 * SPARE];
                double[] foundNormals = new double[length + 2 * SPARE];
                for (int part = 0; part < parts; part++) {
                    random.uniform(STEP, found, SPARE, length, part, parts);
                    random.normal(STEP, foundNormals, SPARE, length, scratch, 3, part, parts);
                }
                assertThat(found).as("%d uniforms in %d parts", length, parts).isEqualTo(padded(uniforms));
                assertThat(foundNormals)
                        .as("%d normals in %d parts", length, parts)
                        .isEqualTo(padded(normals));
            }
        }
    }

    private static float[] padded(float[] values) {
        float[] padded = new float[values.length + 2 * SPARE];
        System.arraycopy(values, 0, padded, SPARE, values.length);
        return padded;
    }

    private static double[] padded(double[] values) {
        double[] padded = new double[values.length + 2 * SPARE];
        System.arraycopy(values, 0, padded, SPARE, values.length);
        return padded;
    }
}

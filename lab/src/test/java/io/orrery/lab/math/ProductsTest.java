package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTest {
    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,2", "4,4,4", "7,33,9", "40,3,65", "2,70,1"})
    void everyProductAgreesWithTheDefinition(int m, int k, int n) {
        Matrix a = random(m, k, 1);
        Matrix b = random(k, n, 2);
        Matrix product = Products.times(a, b);
        Matrix gram = Products.gram(a);
        Matrix outer = Products.outerGram(a);
        Matrix left = Products.transposedTimes(a, random(m, n, 3));
        Matrix right = Products.timesTransposed(a, random(n, k, 4));
        close(product, definition(a, b));
        close(gram, definition(Products.transposed(a), a));
        close(outer, definition(a, Products.transposed(a)));
        close(left, definition(Products.transposed(a), random(m, n, 3)));
        close(right, definition(a, Products.transposed(random(n, k, 4))));
    }

    @Test
    void meansNormsAndCombinations() {
        Matrix a = new Matrix(2, 2, new double[] {1, 2, 3, 6});
        assertThat(Products.columnMeans(a)).containsExactly(2, 4);
        assertThat(Products.centred(a).values()).containsExactly(-1, -2, 1, 2);
        assertThat(Products.norm(new Matrix(1, 2, new double[] {3, 4}))).isEqualTo(5);
        assertThat(Products.inner(a, a)).isEqualTo(50);
        assertThat(Products.combination(2, a, -1, a).values()).containsExactly(1, 2, 3, 6);
    }

    @Test
    void sizesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> Products.times(random(2, 3, 1), random(2, 3, 1)))
                .hasMessage("columns of the left and rows of the right matrix differ: 3 and 2");
    }

    static Matrix random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        return new Matrix(
                rows, columns, random.doubles((long) rows * columns, -1, 1).toArray());
    }

    static void close(Matrix found, Matrix expected) {
        assertThat(found.rows()).isEqualTo(expected.rows());
        assertThat(found.columns()).isEqualTo(expected.columns());
        assertThat(found.values()).containsExactly(expected.values(), within(1e-12));
    }

    private static Matrix definition(Matrix a, Matrix b) {
        Matrix result = Matrix.zeros(a.rows(), b.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                for (int k = 0; k < a.columns(); k++) {
                    result.values()[i * b.columns() + j] += a.at(i, k) * b.at(k, j);
                }
            }
        }
        return result;
    }
}

package io.orrery.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CholeskyTest {
    /** [[4, 2], [2, 5]] = [[2, 0], [1, 2]] [[2, 1], [0, 2]]; with right-hand side (8, 9): x = (22/16, 20/16). */
    @Test
    void aTwoByTwoMatrixByHand() {
        Cholesky factor = Cholesky.of(new Matrix(2, 2, new double[] {4, 2, 2, 5}));
        assertThat(factor.lower().values()).containsExactly(2, 0, 1, 2);
        assertThat(factor.solve(new Matrix(2, 1, new double[] {8, 9})).values()).containsExactly(1.375, 1.25);
    }

    @Test
    void solutionsSatisfyTheirEquations() {
        Matrix symmetric = Products.gram(ProductsTest.random(30, 12, 1));
        Matrix right = ProductsTest.random(12, 5, 2);
        Cholesky factor = Cholesky.of(symmetric);
        ProductsTest.close(Products.timesTransposed(factor.lower(), factor.lower()), symmetric);
        ProductsTest.close(Products.times(symmetric, factor.solve(right)), right);
        ProductsTest.close(Products.times(factor.lower(), factor.solveLower(right)), right);
    }

    @Test
    void matricesThatHaveNoFactorAreNamed() {
        assertThatThrownBy(() -> Cholesky.of(new Matrix(2, 2, new double[] {1, 2, 2, 1})))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("pivot 1 of a 2 x 2 matrix is -3.0, expected a positive number: the matrix is not positive"
                        + " definite");
        assertThatThrownBy(() -> Cholesky.of(Matrix.zeros(2, 3))).hasMessageContaining("found 2 x 3");
        assertThatThrownBy(() -> Cholesky.of(new Matrix(1, 1, new double[] {1})).solve(Matrix.zeros(2, 1)))
                .hasMessage("expected 1 rows on the right-hand side, found 2");
    }
}

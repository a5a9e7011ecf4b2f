package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ContinualRegressionTest {
    /** p = 10, n = 4, noise 2: kept 0.6, added 4 * 4 / 5 = 3.2. */
    @Test
    void twoTasksByHand() {
        ContinualRegression law = new ContinualRegression(10, 4, 2);
        double[][] errors = law.errors(new double[] {1, 2}, new double[][] {{0, 5}, {5, 0}});

        assertThat(errors[0][0]).isCloseTo(0.6 + 3.2, within(1e-14));
        assertThat(errors[0][1]).isCloseTo(0.6 * 2 + 0.4 * 5 + 3.2, within(1e-14));
        assertThat(errors[1][0]).isCloseTo(0.6 * 3.8 + 0.4 * 5 + 3.2, within(1e-14));
        assertThat(errors[1][1]).isCloseTo(0.6 * 6.4 + 3.2, within(1e-14));
        assertThat(ContinualRegression.forgetting(errors)).isCloseTo(7.48 - 3.8, within(1e-13));
        assertThat(ContinualRegression.finalError(errors)).isCloseTo((7.48 + 7.04) / 2, within(1e-13));
    }

    /** With n = p - 2 the noise of an inverse Wishart matrix of mean 1 adds n noise^2. */
    @Test
    void asManyExamplesAsHaveAMean() {
        double[][] errors = new ContinualRegression(6, 4, 0.5).errors(new double[] {0}, new double[][] {{0}});
        assertThat(errors[0][0]).isCloseTo(4 * 0.25, within(1e-15));
        assertThatThrownBy(() -> new ContinualRegression(6, 5, 0.5))
                .hasMessage("expected 1 to 4 examples of 6 inputs, found 5");
    }

    /** The same task over and over, without noise, is never forgotten. */
    @Test
    void oneTaskRepeatedIsLearnedEverBetter() {
        double[][] errors = new ContinualRegression(8, 2, 0).errors(new double[] {1, 1, 1}, new double[3][3]);
        assertThat(errors[2]).containsExactly(0.75 * 0.75 * 0.75, 0.75 * 0.75 * 0.75, 0.75 * 0.75 * 0.75);
        assertThat(ContinualRegression.forgetting(errors)).isNegative();
    }
}

package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinearTeacherStudentTest {
    private static final double RATE = 0.01;

    /** The moments of the Marchenko-Pastur law: E 1 = 1, E nu = 1; from -4 eta t E nu^2 = slope of the training loss, E nu^2 = 1 + lambda. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9, 1.5, 4})
    void momentsOfTheLaw(double lambda) {
        LinearTeacherStudent law = new LinearTeacherStudent(lambda, RATE);
        assertThat(law.testLoss(0)).isCloseTo(1, within(1e-12));
        assertThat(law.trainingLoss(0)).isCloseTo(1, within(1e-12));
        double step = 1e-3;
        double slope = (law.trainingLoss(step) - law.trainingLoss(-step)) / (2 * step);
        assertThat(slope).isCloseTo(-4 * RATE * (1 + lambda), within(1e-8));
        double testSlope = (law.testLoss(step) - law.testLoss(-step)) / (2 * step);
        assertThat(testSlope).isCloseTo(-4 * RATE, within(1e-9));
    }

    /** The source's closed form by the series of the Bessel function: exp(-4 eta (1 + lambda) t) I1(u) / (u / 2), u = 8 eta t sqrt lambda. */
    @ParameterizedTest
    @CsvSource({"0.5,1", "0.5,100", "0.9,30", "1.5,200"})
    void theTrainingLossIsABesselFunction(double lambda, double time) {
        double half = 4 * RATE * time * Math.sqrt(lambda);
        double term = 1;
        double sum = 1;
        for (int k = 1; k < 200; k++) {
            term *= half * half / (k * (k + 1.0));
            sum += term;
        }
        double closed = Math.exp(-4 * RATE * (1 + lambda) * time) * sum;
        assertThat(new LinearTeacherStudent(lambda, RATE).trainingLoss(time)).isCloseTo(closed, within(1e-12));
    }

    @Test
    void whatNoExampleSeesStays() {
        LinearTeacherStudent law = new LinearTeacherStudent(1.5, RATE);
        assertThat(law.unseen()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(law.testLoss(1e7)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(law.trainingLoss(1e7)).isCloseTo(0, within(1e-12));
        assertThat(law.testTime(1e-3)).isNaN();
        assertThat(new LinearTeacherStudent(1, RATE).unseen()).isZero();
    }

    /** Erf(sqrt 2) = 0.9544997361036416, when the loss is a quarter of the tolerance; Erf(1/2) = 0.5204998778 when it is twice. */
    @Test
    void accuracyByHand() {
        assertThat(LinearTeacherStudent.fitted()).isCloseTo(0.9544997361036416, within(1e-12));
        assertThat(LinearTeacherStudent.accuracy(2, 1)).isCloseTo(0.5204998778130465, within(1e-12));
    }

    /** As lambda goes to 0 all eigenvalues are 1: both losses are exp(-4 eta t), so both times ln(4 / tolerance) / (4 eta). */
    @Test
    void withVeryManyExamplesThereIsNoDelay() {
        LinearTeacherStudent law = new LinearTeacherStudent(1e-8, RATE);
        double time = Math.log(4 / 1e-3) / (4 * RATE);
        assertThat(law.trainingTime(1e-3)).isCloseTo(time, within(0.1));
        assertThat(law.testTime(1e-3)).isCloseTo(time, within(0.1));
    }

    /** The closed form is the limit for tolerance 0; at 1e-3 it is far from the integral. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.7, 0.9})
    void theClosedFormOfTheDelayIsItsLimit(double lambda) {
        LinearTeacherStudent law = new LinearTeacherStudent(lambda, RATE);
        double limit = law.smallToleranceDelay();
        assertThat(law.delay(1e-30) / limit).isBetween(0.9, 1.0);
        assertThat(law.delay(1e-30) / limit).isGreaterThan(law.delay(1e-10) / limit);
        assertThat(limit / law.delay(1e-3)).isBetween(1.5, 2.9);
    }
}

package io.orrery.lab.claim.stopping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StoppingRulesTest {
    @Test
    void aRiseStartsThePatienceAnewAndAnEqualValueIsNone() {
        assertThat(StoppingRules.withoutRise(new double[] {1, 3, 2, 3, 4, 4, 4, 9}, 2))
                .isEqualTo(3);
        assertThat(StoppingRules.withoutRise(new double[] {1, 3, 2, 4, 4, 3, 9}, 3))
                .isEqualTo(6);
        assertThat(StoppingRules.withoutRise(new double[] {5, 4, 3}, 2)).isEqualTo(2);
        assertThat(StoppingRules.withoutRise(new double[] {1, 2, 3}, 2)).isEqualTo(2);
    }

    @Test
    void validationStopsAfterItsBestAndGoesBackToIt() {
        double[] losses = {3, 2, 1, 1.5, 1, 0.5};
        assertThat(StoppingRules.withoutFall(losses, 2)).isEqualTo(4);
        assertThat(StoppingRules.smallest(losses, 4)).isEqualTo(2);
        assertThat(StoppingRules.smallest(losses, 5)).isEqualTo(5);
    }

    @Test
    void restIsAWindowWithinAShareOfItsLastValue() {
        assertThat(StoppingRules.atRest(new double[] {10, 10.5, 10.2, 10.1, 10.0, 10.05}, 2, 0.025))
                .isEqualTo(4);
        assertThat(StoppingRules.atRest(new double[] {1, 2, 3}, 1, 0.1)).isEqualTo(2);
    }

    @Test
    void aMissingNumberGivesNone() {
        assertThat(StoppingRules.withoutRise(new double[] {1, Double.NaN, 2}, 1))
                .isNaN();
        assertThat(StoppingRules.atRest(new double[] {1, Double.NaN, 2}, 1, 0.1))
                .isNaN();
        assertThat(StoppingRules.withoutRise(new double[0], 1)).isNaN();
        assertThat(StoppingRules.smallest(new double[] {1}, Double.NaN)).isNaN();
    }
}

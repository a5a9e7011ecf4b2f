package io.orrery.lab.claim.expressivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.theory.memorization.Memorizer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SquareRootMemorizationTest {
    private final SquareRootMemorization claim = new SquareRootMemorization();

    private static Setting setting(int points, int group, int bits) {
        return Setting.empty()
                .with("points", points)
                .with("inputs", 4)
                .with("label-bits", 3)
                .with("group", group)
                .with("bits", bits);
    }

    @Test
    void bitsOfAPointByHand() {
        // 4 inputs up to 255, weights up to 16^2 - 1: 260100 is below 2^18
        assertThat(Memorization.pointBits(setting(16, 0, 0))).isEqualTo(18);
        assertThat(Memorization.group(setting(17, 0, 0))).isEqualTo(5);
        assertThat(Memorization.group(setting(17, 2, 0))).isEqualTo(2);
    }

    @Test
    void pointsAreDifferentAndLabelsInRange() {
        Memorizer memorizer = Memorization.memorizer(3, setting(300, 0, 0));
        assertThat(Arrays.stream(memorizer.points()).map(Arrays::toString))
                .hasSize(300)
                .doesNotHaveDuplicates();
        assertThat(Arrays.stream(memorizer.labels()).distinct()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
    }

    /** 4 weights that project; of each member 18 for a bit of a point, 20 for one of a label, 21 to compare; see MemorizerTest. */
    @Test
    void everyPointIsRecalledByAsManyWeightsAsCountedOnPaper() {
        Results results = new Memorization().compute(5, setting(9, 0, 0));
        int bits = Memorization.pointBits(setting(9, 0, 0));
        assertThat(results.of("recalled")).containsExactly(1.0);
        double counted = 4 + 1 + 2 * 4 + 3 + 2 * 4 + 3 * (18 * bits + 20 * 3 + 21) - 2 + 1;
        // a weight of the projection, or a difference of two groups of labels, may be 0
        assertThat(results.of("parameters").getFirst()).isCloseTo(counted, within(5.0));
        assertThat(results.of("layers").getFirst()).isEqualTo(3 + 3 * (2 * bits + 2 * 3 + 3) + 1);
        assertThat(results.of("widest-bits").getFirst()).isBetween(2.0 * bits, 3.0 * bits);
    }

    @Test
    void weightsThatLoseTheirLowestBitsForgetUnlessAPointIsAllThatTheyHold() {
        assertThat(new Memorization()
                        .compute(5, setting(16, 0, 53))
                        .of("recalled")
                        .getFirst())
                .isLessThan(0.5);
        assertThat(new Memorization().compute(5, setting(16, 1, 53)).of("recalled"))
                .containsExactly(1.0);
    }

    @Test
    void theSameBitsTwice() {
        assertThat(new Memorization().compute(6, setting(20, 0, 0)))
                .isEqualTo(new Memorization().compute(6, setting(20, 0, 0)));
    }

    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        Judgement effect = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, true)));
        assertThat(effect.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.SUPPORTED));
        Judgement none = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, false)));
        assertThat(none.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.REFUTED));
    }

    private static Results made(Setting setting, int seed, boolean effect) {
        boolean single = setting.get("group") == 1;
        double bits = Memorization.pointBits(setting) + 3;
        double group = Memorization.group(setting) * bits;
        double power = single || !effect ? 1 : 0.5;
        boolean kept = setting.get("bits") == 0 || single || !effect;
        return Results.none()
                .with("recalled", kept ? 1 : 0.01 * seed)
                .with("parameters", (20 + 0.01 * seed) * bits * Math.pow(setting.get("points"), power))
                .with("widest-bits", effect ? group * 0.9 : group * 1.1)
                .with("all-bits", 100.0);
    }
}

package io.orrery.engine.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArenaTest {

    @Test
    void blocksThatLiveAtTheSameTimeNeverOverlapAndAllAreAligned() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 50; round++) {
            Arena arena = new Arena(16);
            List<Arena.Block> blocks = new ArrayList<>();
            List<int[]> lives = new ArrayList<>();
            int demanded = 0;
            for (int i = 0; i < 60; i++) {
                int birth = random.nextInt(30);
                int death = birth + random.nextInt(8);
                int length = 1 + random.nextInt(200);
                demanded += length + 15;
                lives.add(new int[] {birth, death});
                blocks.add(arena.add(length, birth, death));
            }
            arena.place();
            assertThat(arena.length()).isLessThan(demanded);
            for (int i = 0; i < blocks.size(); i++) {
                Arena.Block one = blocks.get(i);
                assertThat(one.offset() % 16).isZero();
                assertThat(one.offset() + one.length()).isLessThanOrEqualTo(arena.length());
                for (int j = 0; j < i; j++) {
                    Arena.Block other = blocks.get(j);
                    boolean together = lives.get(i)[0] <= lives.get(j)[1] && lives.get(j)[0] <= lives.get(i)[1];
                    boolean apart = one.offset() >= other.offset() + other.length()
                            || other.offset() >= one.offset() + one.length();
                    assertThat(!together || apart).isTrue();
                }
            }
        }
    }
}

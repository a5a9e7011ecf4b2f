package io.orrery.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void everyPartIsDoneOnceBeforeRunReturns() {
        try (Workers workers = Workers.of(3)) {
            AtomicIntegerArray done = new AtomicIntegerArray(3);
            for (int round = 1; round <= 400; round++) {
                workers.run((part, parts) -> {
                    assertThat(parts).isEqualTo(3);
                    done.incrementAndGet(part);
                });
                for (int part = 0; part < 3; part++) {
                    assertThat(done.get(part)).isEqualTo(round);
                }
                if (round % 100 == 0) {
                    LockSupport.parkNanos(20_000_000);
                }
            }
        }
    }

    @Test
    void aFailureOfAnyPartReachesTheCallerAndWorkGoesOn() {
        try (Workers workers = Workers.of(2)) {
            for (int failing = 0; failing < 2; failing++) {
                int which = failing;
                assertThatThrownBy(() -> workers.run((part, parts) -> {
                            if (part == which) {
                                throw new IndexOutOfBoundsException("part " + part);
                            }
                        }))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessage("part " + which);
            }
            workers.run((part, parts) -> {});
        }
    }

    @Test
    void misuseIsRefused() {
        assertThatThrownBy(() -> Workers.of(0)).hasMessage("there must be at least 1 thread, found 0");
        Workers closed = Workers.of(2);
        closed.close();
        assertThatThrownBy(() -> closed.run((part, parts) -> {})).hasMessage("the workers were closed");
    }
}

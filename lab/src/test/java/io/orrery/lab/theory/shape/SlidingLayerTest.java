package io.orrery.lab.theory.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.theory.shape.SlidingLayer.Kind;
import org.junit.jupiter.api.Test;

final class SlidingLayerTest {
    /** Every start of a window that fits, one after the other. */
    @Test
    void countsWindows() {
        for (int size = 1; size <= 12; size++) {
            for (int kernel = 1; kernel <= 4; kernel++) {
                for (int stride = 1; stride <= 3; stride++) {
                    for (int padding = 0; padding < kernel; padding++) {
                        for (int dilation = 1; dilation <= 2; dilation++) {
                            int tooSmall = size;
                            int windows = 0;
                            for (int start = -padding;
                                    start + dilation * (kernel - 1) <= size - 1 + padding;
                                    start += stride) {
                                windows++;
                            }
                            SlidingLayer layer = new SlidingLayer(Kind.CONV, kernel, stride, padding, dilation, 0);
                            if (windows > 0) {
                                assertThat(layer.output(size)).isEqualTo(windows);
                                assertThat(layer.transposed(size).output(windows))
                                        .isEqualTo(size);
                            } else {
                                assertThatThrownBy(() -> layer.output(tooSmall))
                                        .isInstanceOf(IllegalArgumentException.class);
                            }
                        }
                    }
                }
            }
        }
    }

    /** The first layers of well known networks: 224 to 112 by 7, stride 2, padding 3, and to 56 by pooling 3, stride 2, padding 1. */
    @Test
    void knownLayers() {
        assertThat(new SlidingLayer(Kind.CONV, 7, 2, 3, 1, 0).output(224)).isEqualTo(112);
        assertThat(new SlidingLayer(Kind.POOL, 3, 2, 1, 1, 0).output(112)).isEqualTo(56);
        assertThat(new SlidingLayer(Kind.TRANSPOSED, 4, 2, 1, 1, 0).output(16)).isEqualTo(32);
    }

    @Test
    void refusesWhatIsNoLayer() {
        assertThatThrownBy(() -> new SlidingLayer(Kind.CONV, 3, 1, 0, 1, 0).output(2))
                .hasMessage("expected a window of 3 to fit into 2 and padding 0, found -1");
        assertThatThrownBy(() -> new SlidingLayer(Kind.TRANSPOSED, 3, 2, 0, 1, 2))
                .hasMessage("expected extra places from 0 to below the stride, found 2");
        assertThatThrownBy(() -> new SlidingLayer(Kind.POOL, 3, 2, 0, 1, 1))
                .hasMessage("expected no extra places, found 1");
        assertThatThrownBy(() -> new SlidingLayer(Kind.TRANSPOSED, 1, 1, 1, 1, 0).output(2))
                .hasMessageContaining("something left");
        assertThatThrownBy(() -> new SlidingLayer(Kind.CONV, 0, 1, 0, 1, 0))
                .hasMessageContaining("a kernel of at least 1");
    }
}

package io.orrery.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunksTest {
    @Test
    void chunksAreOfAboutEqualSizeAndNeverLargerThanTheExamples() {
        assertThat(Chunks.sizeFor(100, 2000)).isEqualTo(504);
        assertThat(Chunks.sizeFor(100, 50)).isEqualTo(50);
        assertThat(Chunks.sizeFor(12544, 128)).isEqualTo(64);
        assertThat(Chunks.sizeFor(12544, 1000)).isEqualTo(80);
        assertThat(Chunks.sizeFor(10_000_000, 40)).isEqualTo(16);
        assertThat(Chunks.sizeFor(10, 3)).isEqualTo(3);
    }
}

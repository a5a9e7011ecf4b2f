package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.judge.Requirement;
import org.junit.jupiter.api.Test;

/** Four classes: their vectors have no room to be orthogonal in fewer dimensions than four. */
final class FreeFeatureProtocolsTest {
    @Test
    void layersNarrowerThanThereAreClassesAreNotJudged() {
        Requirement narrow = wide(1);
        assertThat(narrow.met()).isFalse();
        assertThat(narrow.explanation()).contains("classes, 4, in the arm 'a'", "the narrowest has 1");
        assertThat(wide(3).met()).isFalse();
        assertThat(wide(4).met()).isTrue();
        assertThat(wide(16).met()).isTrue();
    }

    private static Requirement wide(int width) {
        return FreeFeatureProtocols.wide(FreeFeatureProtocols.base(width).spec(), "a");
    }
}

package io.orrery.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** The bytes are written out by hand; the hash is the platform's. */
class DigestTest {
    @Test
    void bytesOfSingles() throws Exception {
        State state = state(Precision.SINGLE);
        String b = "01000000" + "62" + "463332" + "00000000" + "0000c07f";
        String w = "02000000" + "c3a9" + "463332" + "02000000" + "0100000002000000" + "0000803f" + "00000080";
        assertThat(Digest.of(state)).isEqualTo(sha256(b + w));
        assertThat(Digest.of(state, List.of("\u00e9", "b", "b"))).isEqualTo(sha256(b + w));
        assertThat(Digest.of(state, List.of("b"))).isEqualTo(sha256(b));
        assertThat(Digest.of(state, List.of())).isEqualTo(sha256(""));
    }

    @Test
    void bytesOfDoubles() throws Exception {
        String b = "01000000" + "62" + "463634" + "00000000" + "000000000000f87f";
        String w = "02000000" + "c3a9" + "463634" + "02000000" + "0100000002000000" + "000000000000f03f"
                + "0000000000000080";
        assertThat(Digest.of(state(Precision.DOUBLE))).isEqualTo(sha256(b + w));
    }

    @Test
    void everyNaNIsTheSameAndEveryOtherBitCounts() {
        State state = state(Precision.SINGLE);
        String before = Digest.of(state);
        state.singles()[state.layout().offset("b")] = Float.intBitsToFloat(0xffc01234);
        assertThat(Digest.of(state)).isEqualTo(before);
        state.write("\u00e9", new double[] {1, 0.0});
        assertThat(Digest.of(state)).isNotEqualTo(before);
    }

    @Test
    void longArraysGoThroughInPieces() throws Exception {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("a", Shape.of(2500));
        State state = new State(new StateLayout(Precision.SINGLE, shapes));
        assertThat(Digest.of(state))
                .isEqualTo(sha256("01000000" + "61" + "463332" + "01000000" + "c4090000" + "00000000".repeat(2500)));
    }

    @Test
    void refusesUnknownNames() {
        assertThatThrownBy(() -> Digest.of(state(Precision.SINGLE), List.of("c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the state has no array 'c'");
    }

    private static State state(Precision precision) {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("\u00e9", Shape.of(1, 2));
        shapes.put("b", Shape.SCALAR);
        State state = new State(new StateLayout(precision, shapes));
        state.write("\u00e9", new double[] {1, -0.0});
        state.write("b", new double[] {Double.NaN});
        return state;
    }

    private static String sha256(String hex) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(HexFormat.of().parseHex(hex)));
    }
}

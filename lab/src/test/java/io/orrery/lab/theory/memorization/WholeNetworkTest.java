package io.orrery.lab.theory.memorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WholeNetworkTest {
    private static BigInteger whole(long number) {
        return BigInteger.valueOf(number);
    }

    private static WholeNetwork.Term term(int from, long weight) {
        return new WholeNetwork.Term(from, whole(weight));
    }

    /** relu(2 x - y + 1) and relu(-3 x); then 5 times the first less the second, less 4. */
    private static WholeNetwork small() {
        return new WholeNetwork(
                2,
                List.of(
                        List.of(
                                new WholeNetwork.Unit(List.of(term(0, 2), term(1, -1)), whole(1)),
                                new WholeNetwork.Unit(List.of(term(0, -3)), whole(0))),
                        List.of(new WholeNetwork.Unit(List.of(term(0, 5), term(1, -1)), whole(-4)))));
    }

    @Test
    void valuesWorkedOutByHand() {
        assertThat(small().outputs(new BigInteger[] {whole(3), whole(2)})).containsExactly(whole(21));
        assertThat(small().outputs(new BigInteger[] {whole(-2), whole(7)})).containsExactly(whole(-10));
    }

    @Test
    void countsWorkedOutByHand() {
        assertThat(small().parameters()).isEqualTo(7);
        assertThat(small().fullParameters()).isEqualTo(9);
        assertThat(small().widestBits()).isEqualTo(3);
        // 2 and -4 and 1 and -1 twice: one bit each; -3: two; 5: three
        assertThat(small().significantBits()).isEqualTo(10);
    }

    @Test
    void roundingKeepsTheTopmostBits() {
        WholeNetwork one =
                new WholeNetwork(1, List.of(List.of(new WholeNetwork.Unit(List.of(term(0, 0b1011)), whole(-0b10011)))));
        assertThat(one.rounded(3).outputs(new BigInteger[] {whole(1)})).containsExactly(whole(0b1100 - 0b10100));
        assertThat(one.rounded(2).outputs(new BigInteger[] {whole(1)})).containsExactly(whole(0b1100 - 0b10000));
        assertThat(one.rounded(5)).isEqualTo(one);
        assertThatThrownBy(() -> one.rounded(0)).hasMessageContaining("at least one bit, found 0");
    }

    @Test
    void aUnitThatReadsWhatIsNotThereIsRefused() {
        assertThatThrownBy(() ->
                        new WholeNetwork(1, List.of(List.of(new WholeNetwork.Unit(List.of(term(1, 2)), whole(0))))))
                .hasMessage("a unit reads place 1 of a layer with 1 units");
        assertThatThrownBy(() -> small().outputs(new BigInteger[] {whole(1)})).hasMessageContaining("takes 2 inputs");
    }
}

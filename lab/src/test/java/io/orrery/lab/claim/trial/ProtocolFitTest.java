package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProtocolFitTest {
    @TempDir
    Path book;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rho-relaxation       | data.train=1                 | --set data.train=1 in the arm  | found [+1]; give more
            layer-balance        | model.widths=[16, 16, 16]    | --set model.widths=[16, 16, 16]: the claim | needs 2 hidden layers, not 3: its arm
            layer-balance        | model.widths=[16, 16, 16]    | --set model.widths=[16, 16, 16]: the claim | sets model.initialScales = [1.5, 1.0, 1.0]
            deep-linear-collapse | model.widths=[16, 16, 16, 16] | --set model.widths=[16, 16, 16, 16]: the claim | depths, 2 and 3 hidden layers
            deep-linear-collapse | model.widths=[16, 16]        | --set model.widths=[16, 16]: the claim | leave it out
            free-features        | model.widths=[16, 16]        | --set model.widths=[16, 16]: the claim | needs 1 hidden layer, not 2
            last-layer-collapse-under-cross-entropy | data.perClass=4   | --set data.perClass=4: the claim | [64, 64, 64, 64, 64, 64]
            last-layer-collapse-under-cross-entropy | data.perCluster=4 | --set data.perCluster=4 in the arm | data.imbalance asks for 64
            """)
    void whatDoesNotFitIsToldOfWhatTheUserSet(String id, String assignment, String start, String reason) {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        Alterations one = new Alterations(List.of(assignment), Optional.empty());

        assertThatThrownBy(() -> runner.plan(Claims.named(id), Scale.QUICK, one))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining(reason);
    }

    @Test
    void asManyOtherWidthsFit() {
        Alterations wider = new Alterations(List.of("model.widths=[48, 24]"), Optional.empty());
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        assertThat(runner.plan(Claims.named("layer-balance"), Scale.QUICK, wider)
                        .runs())
                .isNotEmpty();
    }
}

package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Claims;
import org.junit.jupiter.api.Test;

final class ClaimReferenceTest {
    @Test
    void aClaimIsListedWithItsThresholdsArmsAndFreeKeys() {
        String page = ClaimReference.markdown(Claims.all());

        assertThat(page)
                .contains("## neural-collapse", "- **Free**: `data`, `model.widths`")
                .contains("| once the training error has vanished, NC1 falls to a tenth or less |", "at most 0.1 |")
                .contains("| arm | part | `decay.lambda` |", "| decay | treatment | 5e-4 |");
    }
}

package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ClaimReferenceTest {
    @Test
    void theReferencePageIsUpToDate() throws IOException {
        Path page = Path.of(System.getProperty("orrery.root", "..")).resolve("docs/claims.md");
        assertThat(Files.exists(page) ? Files.readString(page) : "")
                .as("docs/claims.md is out of date; after ./mvnw package write it again with: java"
                        + " --add-modules jdk.incubator.vector -cp 'app/target/lib/*'"
                        + " io.orrery.lab.claim.trial.ClaimReference docs/claims.md")
                .isEqualTo(ClaimReference.markdown(Claims.all()));
    }

    @Test
    void aClaimIsListedWithItsThresholdsArmsAndFreeKeys() {
        String page = ClaimReference.markdown(Claims.all());

        assertThat(page)
                .contains("## neural-collapse", "- **Free**: `data`, `model.widths`")
                .contains("| once the training error has vanished, NC1 falls to a tenth or less |", "at most 0.1 |")
                .contains("| arm | part | `decay.lambda` |", "| decay | treatment | 5e-4 |");
    }
}

package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtherDataTest {
    @TempDir
    Path folder;

    @Test
    void aTableOfThreeClassesIsCutAndScaledToWhatABinaryProtocolNeeds() throws Exception {
        StringBuilder rows = new StringBuilder("length,width,kind\n");
        for (int i = 0; i < 300; i++) {
            rows.append(100 + i)
                    .append(',')
                    .append(i % 7)
                    .append(',')
                    .append("abc".charAt(i % 3))
                    .append('\n');
        }
        Path table = folder.resolve("three.csv");
        Files.writeString(table, rows);
        Claim claim = Claims.named("rho-equilibrium");
        SpecDocument protocol = claim.protocol(Scale.QUICK).arms().getFirst().spec();
        SpecDocument altered = new Alterations(List.of("data=" + table), Optional.empty()).of(protocol, claim.card());

        OtherData other = new OtherData(new DatasetCache());
        DataSpec data = other.fit(protocol, altered, Scale.QUICK, 1).spec().data();

        assertThat(data.classes()).containsExactly(Word.name("a"), Word.name("b"));
        assertThat(data.perClass()).hasValue(32);
        assertThat(data.standardize()).isEqualTo(DataSpec.Standardization.PER_FEATURE);
        assertThat(data.unitNorm()).isTrue();
        assertThat(other.notes()).hasSize(3);
    }

    @Test
    void whatTheUserChoseStays() throws Exception {
        Path table = folder.resolve("two.csv");
        Files.writeString(table, "1,2,a\n3,4,b\n".repeat(60));
        Claim claim = Claims.named("rho-equilibrium");
        SpecDocument protocol = claim.protocol(Scale.QUICK).arms().getFirst().spec();
        SpecDocument altered = new Alterations(
                        List.of("data=" + table, "data.perClass=40", "data.standardize=per-feature"), Optional.empty())
                .of(protocol, claim.card());

        OtherData other = new OtherData(new DatasetCache());
        DataSpec data = other.fit(protocol, altered, Scale.QUICK, 1).spec().data();

        assertThat(data.perClass()).hasValue(40);
        assertThat(other.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            last-layer-collapse-under-cross-entropy | the claim is about 6 classes, and these data have 2
            bounds-order                            | networks for images, and an example of these data is a row of 2 numbers
            convolution-beats-dense                 | networks for images, and an example of these data is a row of 2 numbers
            """)
    void dataThatTheClaimCannotBeAskedOfAreRefusedWithTheReason(String id, String reason) throws Exception {
        Path table = folder.resolve("two.csv");
        Files.writeString(table, "1,2,a\n3,4,b\n".repeat(60));
        ClaimRunner runner = new ClaimRunner(folder.resolve("book"), 1, Map.of());
        Alterations other = new Alterations(List.of("data=" + table), Optional.empty());

        assertThatThrownBy(() -> runner.plan(Claims.named(id), Scale.QUICK, other))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(reason);
    }
}

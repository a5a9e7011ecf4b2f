package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.data.DataSpec.Order;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.source.Cifar10;
import io.orrery.lab.data.source.Cifar100;
import io.orrery.lab.data.source.Clusters;
import io.orrery.lab.data.source.Csv;
import io.orrery.lab.data.source.FreeFeatures;
import io.orrery.lab.data.source.GaussianMixture;
import io.orrery.lab.data.source.Idx;
import io.orrery.lab.data.source.Images;
import io.orrery.lab.data.source.Mnist;
import io.orrery.lab.data.source.ModularAddition;
import io.orrery.lab.data.source.Ring;
import io.orrery.lab.data.source.Scribbles;
import io.orrery.lab.data.source.TwoCluster;
import io.orrery.lab.data.source.Xor;
import io.orrery.lab.data.table.CsvFormat;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Every source and transform as a spec says it. */
class DataSpecTest {
    @Test
    void everySourceHasAName() {
        assertThat(data("source: scribbles").source()).isEqualTo(Scribbles.defaults());
        assertThat(data("source: two-cluster").source()).isEqualTo(TwoCluster.defaults());
        assertThat(data("source: xor").source()).isEqualTo(Xor.defaults());
        assertThat(data("source: clusters").source()).isEqualTo(Clusters.defaults());
        assertThat(data("source: gaussian-mixture").source()).isEqualTo(GaussianMixture.defaults());
        assertThat(data("source: ring").source()).isEqualTo(Ring.defaults());
        assertThat(data("source: modular-addition").source()).isEqualTo(ModularAddition.defaults());
        assertThat(data("source: free-features").source()).isEqualTo(FreeFeatures.defaults());
        assertThat(data("source: idx").source()).isEqualTo(Idx.defaults());
        assertThat(data("source: mnist").source()).isEqualTo(Mnist.defaults());
        assertThat(data("source: cifar10").source()).isEqualTo(Cifar10.defaults());
        assertThat(data("source: cifar100").source()).isEqualTo(Cifar100.defaults());
        assertThat(data("source: csv").source()).isEqualTo(Csv.defaults());
        assertThat(data("source: images").source()).isEqualTo(Images.defaults());
    }

    @Test
    void sourcesAndTransformsShareOneBlock() {
        DataSpec spec =
                data("source: csv, file: t.csv, label: kind, separator: \"\\t\", header: present, testFraction: 0,"
                        + " classes: [2, 0], perClass: 7, permute: features, validation: 3, standardize: per-feature, unitNorm: true,"
                        + " labelNoise: 0.2, order: with-replacement, seed: 4");
        assertThat(spec.source())
                .isEqualTo(new Csv(
                        Optional.of(Path.of("t.csv").toAbsolutePath().toString()),
                        Optional.empty(),
                        Word.name("kind"),
                        Csv.Target.CLASSES,
                        CsvFormat.Header.PRESENT,
                        "\t",
                        ".",
                        CsvFormat.Missing.REFUSE,
                        OptionalInt.empty(),
                        0));
        assertThat(spec.classes()).isEqualTo(List.of(Word.number(2), Word.number(0)));
        assertThat(spec.perClass()).isEqualTo(OptionalInt.of(7));
        assertThat(spec.permute()).isEqualTo(DataSpec.Permute.FEATURES);
        assertThat(data("imbalance: [3, 4]").imbalance()).containsExactly(3, 4);
        assertThat(spec.standardize()).isEqualTo(Standardization.PER_FEATURE);
        assertThat(spec.order()).isEqualTo(Order.WITH_REPLACEMENT);
        assertThat(spec.dataSeed(9)).isEqualTo(4);
        assertThat(data("source: images, dir: x, size: 32, color: grey").source())
                .isEqualTo(new Images(
                        Optional.of(Path.of("x").toAbsolutePath().toString()),
                        OptionalInt.of(32),
                        Images.Color.GREY,
                        0.2));
    }

    private static DataSpec data(String settings) {
        return SpecDocument.of("data: {" + settings + "}", "x.yaml").spec().data();
    }
}

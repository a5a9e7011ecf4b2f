package io.orrery.lab.setup;

import io.orrery.lab.data.source.DataSource;
import io.orrery.lab.spec.Origin;
import io.orrery.lab.spec.Tree;
import io.orrery.lab.spec.ValueType;
import java.util.List;
import java.util.Optional;

/** Defaults of {@code data} that depend on its source: tables are standardized, whose columns have units of their own. */
final class DataDefaults {
    private static final String SOURCE = "source";
    private static final String STANDARDIZE = "standardize";
    private static final String TABLE = "csv";

    private DataDefaults() {}

    /** A document in which a table is standardized by features unless it says otherwise. */
    static Tree.Block settled(Tree.Block document) {
        Optional<Tree.Entry> data = document.entry("data");
        if (data.isEmpty()
                || !(data.get().value() instanceof Tree.Block block)
                || block.entry(STANDARDIZE).isPresent()
                || !block.entry(SOURCE)
                        .map(entry -> entry.value().text().equals(TABLE))
                        .orElse(false)) {
            return document;
        }
        return document.with(
                "data", block.with(STANDARDIZE, new Tree.Scalar("per-feature", true, new Origin.Default(TABLE))));
    }

    /**
     * A block after another source was chosen on the command line: what the file says of the channels of images means
     * nothing for a source without any.
     */
    static Tree.Block withoutChannels(Tree.Block data, String chosen) {
        boolean channels = data.entry(STANDARDIZE)
                .filter(entry -> !(entry.value().origin() instanceof Origin.Given)
                        && entry.value().text().equals("per-channel"))
                .isPresent();
        return channels && !images(chosen) ? data.without(List.of(STANDARDIZE)) : data;
    }

    private static boolean images(String source) {
        return ValueType.alternatives(DataSource.class)
                .option(source)
                .flatMap(option -> option.group().defaults())
                .map(standard -> ((DataSource) standard).images())
                .orElse(true);
    }
}

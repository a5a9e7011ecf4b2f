package io.orrery.lab.data.table;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.data.set.TestSplit;
import io.orrery.lab.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the label columns of tables say.
 *
 * @param targets one for each table, a row per used row of it
 * @param remarks what people should know of it
 */
public record CsvTargets(TargetKind kind, List<Targets> targets, List<String> remarks) {
    /** Classes: the distinct labels of all tables. */
    public static CsvTargets classes(List<CsvScan> tables, OptionalInt most) {
        CsvClasses classes = CsvClasses.of(tables, most);
        return new CsvTargets(
                new TargetKind.Classes(classes.names()),
                tables.stream()
                        .map(table -> Targets.of(table.labels().classes(classes.ofText())))
                        .toList(),
                classes.remarks());
    }

    /**
     * Real numbers, in double precision.
     *
     * @throws UserError with file and line if a label is no finite number
     */
    public static CsvTargets reals(List<CsvScan> tables) {
        CsvScan first = tables.getFirst();
        List<Targets> targets = new ArrayList<>();
        for (CsvScan table : tables) {
            double[] values = table.labels().numbers(text -> number(table, text));
            targets.add(new Targets.Real(SharedArray.of(Shape.of(values.length, 1), values)));
        }
        return new CsvTargets(new TargetKind.Reals(List.of(first.names().get(first.labelAt()))), targets, List.of());
    }

    /** Which rows of the first table are cut off for testing: each class in proportion, where there are classes. */
    public boolean[] forTest(double fraction, long seed) {
        Targets all = targets.getFirst();
        return switch (kind) {
            case TargetKind.Classes(List<String> names) -> TestSplit.choose(all.labels(), fraction, names.size(), seed);
            case TargetKind.Bits _, TargetKind.Reals _, TargetKind.Tokens _, TargetKind.None _ ->
                TestSplit.choose(new int[rows(all)], fraction, 1, seed);
        };
    }

    private static int rows(Targets targets) {
        return switch (targets) {
            case Targets.Real(SharedArray values) -> values.shape().size(0);
            case Targets.Whole whole -> whole.values().length;
            case Targets.None _ -> 0;
        };
    }

    private static double number(CsvScan table, String text) {
        double value = table.format().number(text);
        if (!Double.isFinite(value)) {
            throw new UserError(table.path() + ":" + table.labels().line(text) + ": "
                    + Shown.text(table.names().get(table.labelAt()))
                    + ": with data.target: reals expected a finite number, found \"" + Shown.text(text)
                    + "\"; choose another column with data.label, or take data.target: classes");
        }
        return value;
    }
}

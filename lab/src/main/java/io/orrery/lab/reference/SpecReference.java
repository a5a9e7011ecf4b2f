package io.orrery.lab.reference;

import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.spec.ValueType;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All keys of a spec with types, defaults and meaning, taken from the records themselves, and the instruments: {@code docs/spec.md}. */
public final class SpecReference {
    private static final String HEAD = """
            # The spec

            A spec is one YAML file that says everything a run depends on. It is strict: an unknown key, a wrong type, or an
            impossible value or combination is refused before anything runs, with its line and the nearest valid name. Keys that
            are left out take the defaults below. `--set optimizer.learningRate=0.1` overrides one value (`null` takes a key away).
            Paths, names and texts after `--set KEY=` are taken as they stand, in quotes as YAML. A relative path is looked up in
            the working folder, then beside the spec (refused if both exist), and recorded absolutely; `~/` is your folder.

            <!-- Written by SpecReference from the records of io.orrery.lab; do not edit. -->

            ## Keys of a study

            | key | type | default | meaning |
            | --- | --- | --- | --- |
            | `seeds` | count or list | 3 | a count n means the seeds 1 to n; a list names them: `[1, 2, 5-9]`; `--seeds` overrides it |
            | `grid` | block | none | dotted keys to lists of values; every combination is run: `optimizer.learningRate: [0.1, 0.2]` |
            | `question` | text | none | what the study asks, for the report |
            | `description` | text | none | more about it, for the report |
            """;

    private final StringBuilder out = new StringBuilder();

    private SpecReference() {}

    /** The page in Markdown. */
    public static String markdown() {
        SpecReference page = new SpecReference();
        page.out.append(HEAD);
        Spec defaults = Spec.defaults();
        List<ValueType.Field> blocks = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (ValueType.Field field : ValueType.group(Spec.class).fields()) {
            if (field.type() instanceof ValueType.Group || field.type() instanceof ValueType.Alternatives) {
                blocks.add(field);
            } else {
                rows.add(row(field, Optional.of(defaults)));
            }
        }
        page.table(rows);
        for (ValueType.Field field : blocks) {
            page.out.append("\n## `").append(field.name()).append("`\n\n");
            field.about().ifPresent(about -> page.out.append(sentence(about)).append("\n"));
            switch (field.type()) {
                case ValueType.Alternatives choice -> page.choice(choice, field.read(defaults));
                case ValueType type -> page.group((ValueType.Group) type, field.read(defaults));
            }
        }
        page.instruments();
        return page.out.toString();
    }

    private void instruments() {
        out.append(
                        "\n## Instruments\n\nThe names of `measure.instruments`. `default` names those marked so, `all` every one.\n\n")
                .append("| instrument | default | what it shows |\n| --- | --- | --- |\n");
        for (Instrument instrument : Instruments.all()) {
            out.append("| `")
                    .append(instrument.name())
                    .append(Instruments.usual().contains(instrument) ? "` | yes | " : "` | no | ")
                    .append(instrument.about())
                    .append(" |\n");
        }
    }

    /** Writes the page to the file named by the only argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), markdown());
    }

    private void choice(ValueType.Alternatives choice, Object standard) {
        table(List.of(chosen(choice, standard)));
        alternatives(choice, "###");
    }

    private static String chosen(ValueType.Alternatives choice, Object standard) {
        return "| `" + choice.key() + "` | " + names(choice.names()) + " | "
                + choice.optionOf(standard).name() + " | see below |";
    }

    private void group(ValueType.Group group, Object defaults) {
        List<String> rows = new ArrayList<>();
        List<ValueType.Alternatives> choices = new ArrayList<>();
        for (ValueType.Field field : group.fields()) {
            if (field.type() instanceof ValueType.Alternatives choice) {
                rows.add(chosen(choice, field.read(defaults)));
                choices.add(choice);
            } else {
                rows.add(row(field, Optional.of(defaults)));
                inner(field.type()).ifPresent(choices::add);
            }
        }
        table(rows);
        choices.forEach(choice -> alternatives(choice, "###"));
    }

    private void alternatives(ValueType.Alternatives choice, String heading) {
        List<ValueType.Alternatives> deeper = new ArrayList<>();
        for (ValueType.Option option : choice.options()) {
            out.append("\n")
                    .append(heading)
                    .append(" `")
                    .append(choice.key())
                    .append(": ")
                    .append(option.name());
            out.append("`\n\n");
            option.group()
                    .about()
                    .ifPresent(about -> out.append(sentence(about)).append("\n"));
            Optional<Object> defaults = option.group().defaults();
            List<ValueType.Field> fields = option.group().fields();
            if (fields.isEmpty()) {
                out.append("No keys of its own.\n");
            } else {
                table(fields.stream().map(field -> row(field, defaults)).toList());
            }
            fields.forEach(field -> inner(field.type())
                    .filter(inner -> !inner.equals(choice) && !deeper.contains(inner))
                    .ifPresent(deeper::add));
        }
        deeper.forEach(inner -> alternatives(inner, heading + "#"));
    }

    private void table(List<String> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.append("\n| key | type | default | meaning |\n| --- | --- | --- | --- |\n");
        rows.forEach(row -> out.append(row).append("\n"));
    }

    private static Optional<ValueType.Alternatives> inner(ValueType type) {
        return type instanceof ValueType.Several(ValueType.Alternatives choice)
                ? Optional.of(choice)
                : Optional.empty();
    }

    private static String row(ValueType.Field field, Optional<Object> defaults) {
        String standard = defaults.map(owner -> standard(field, owner)).orElse("**needed**");
        return "| `" + field.name() + "` | " + type(field.type()) + " | " + standard + " | "
                + field.about().orElse("").replace("|", "\\|") + " |";
    }

    private static String standard(ValueType.Field field, Object owner) {
        if (!(owner instanceof Record kind)) {
            return "";
        }
        return SpecText.fields(kind, true)
                .get(field.name())
                .map(value -> switch (value) {
                    case Json.Text text -> text.value().isEmpty() ? "empty" : text.value();
                    default -> value.write().replace(",", ", ").replace("\"", "");
                })
                .orElse("none");
    }

    private static String type(ValueType type) {
        return switch (type) {
            case ValueType.Whole _ -> "whole number";
            case ValueType.Real _ -> "number";
            case ValueType.Flag _ -> "true, false";
            case ValueType.Text _ -> "text";
            case ValueType.Word _ -> "number or name";
            case ValueType.Named named -> names(named.names());
            case ValueType.Maybe maybe -> type(maybe.inner());
            case ValueType.Several several -> "list of: " + type(several.inner());
            case ValueType.Group _ -> "block";
            case ValueType.Alternatives choice -> "block with `" + choice.key() + "`";
        };
    }

    private static String names(List<String> names) {
        return String.join(", ", names.stream().map(name -> "`" + name + "`").toList());
    }

    private static String sentence(String about) {
        return Character.toUpperCase(about.charAt(0)) + about.substring(1) + ".";
    }
}

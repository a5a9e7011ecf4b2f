package io.orrery.lab.recomputed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.theory.bound.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages that say what numbers are: no quantity and no cited equation is missing from them. */
final class MeasurementsPageTest {
    private static final Path DOCS =
            Path.of(System.getProperty("orrery.root", "..")).resolve("docs");
    private static final Pattern SECTION = Pattern.compile("## `(.+)`");
    private static final Pattern QUANTITY = Pattern.compile("\\| `(.+?)` \\|.*");
    private static final Pattern CITED =
            Pattern.compile("[Cc]ore theory,? (?:section |equation |prediction )?([PBC]?[0-9]+(?:\\.[0-9]+)?b?)");

    @Test
    void everyQuantityIsDefinedAndNoneThatIsNotThere() throws IOException {
        Map<String, List<String>> defined = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(DOCS.resolve("measurements.md"))) {
            Matcher section = SECTION.matcher(line);
            Matcher quantity = QUANTITY.matcher(line);
            if (section.matches()) {
                current = new ArrayList<>();
                defined.put(section.group(1), current);
            } else if (quantity.matches()) {
                current.addAll(expanded(quantity.group(1)));
            }
        }
        assertThat(defined.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Instruments.all().stream().map(Instrument::name).toList());
        for (Instrument instrument : Instruments.all()) {
            assertThat(defined.get(instrument.name()))
                    .as("quantities of " + instrument.name() + " in docs/measurements.md")
                    .containsExactlyInAnyOrderElementsOf(instrument.quantities());
        }
    }

    /** A row of B-minimum stands for one of every bound. */
    private static List<String> expanded(String quantity) {
        return quantity.startsWith("B-")
                ? Bounds.all().stream()
                        .map(bound -> bound.description().name() + quantity.substring(1))
                        .toList()
                : List.of(quantity);
    }

    @Test
    void whatIsCitedOfTheCoreTheoryStandsThere() throws IOException {
        String theory = Files.readString(DOCS.resolve("theory/core.md"));
        List<String> missing = new ArrayList<>();
        for (String page : List.of("claims.md", "measurements.md", "verdicts.md")) {
            Matcher cited = CITED.matcher(Files.readString(DOCS.resolve(page)));
            while (cited.find()) {
                String number = cited.group(1);
                boolean there = theory.contains("(" + number + ")")
                        || theory.contains("| " + number + " |")
                        || theory.contains("## " + number + " ")
                        || theory.contains("## " + number + ". ")
                        || theory.contains(number + " With");
                if (!there) {
                    missing.add(page + " cites " + number);
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}

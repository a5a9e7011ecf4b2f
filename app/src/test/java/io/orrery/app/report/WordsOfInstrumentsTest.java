package io.orrery.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.app.report.figure.PageFigure;
import io.orrery.app.report.figure.Section;
import io.orrery.app.report.figure.Sections;
import io.orrery.app.report.part.KeyNumbers;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.Histogram;
import io.orrery.lab.observe.figure.KeyNumber;
import io.orrery.lab.observe.figure.Reference;
import io.orrery.lab.observe.figure.SquareMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What an instrument measures and how it is shown stands beside the instrument; the report only draws. */
class WordsOfInstrumentsTest {
    private static final Path SOURCES = Path.of("src", "main");

    /** Texts that are spelled as a quantity or an instrument is, and mean something else. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "histogram", "a kind of chart",
            "classes", "the names of classes in the data of a page",
            "share", "a column of a benchmark",
            "output", "an element of HTML");

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'");

    @Test
    void theReportNamesNoInstrumentAndNoQuantity() throws IOException {
        Set<String> names = Instruments.all().stream()
                .flatMap(instrument -> Stream.concat(
                        Stream.of(instrument.name()),
                        instrument.quantities().stream()
                                .flatMap(quantity -> Stream.of(quantity, instrument.name() + "." + quantity))))
                .collect(Collectors.toSet());
        assertThat(names).contains("neural-collapse", "nc1", "neural-collapse.nc1");
        Set<String> found = new TreeSet<>();
        for (Path file : files()) {
            Matcher texts = TEXT.matcher(Files.readString(file));
            while (texts.find()) {
                String text = texts.group(1) == null ? texts.group(2) : texts.group(1);
                // A series is named with what it is of: neural-collapse.nc1@train.
                String series = text.split("[@/]", 2)[0];
                if (names.contains(series) && !OTHERWISE.containsKey(text)) {
                    found.add(file.getFileName() + ": " + text);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file ->
                            StreamSupport.stream(file.spliterator(), false).anyMatch(Path.of("report")::equals))
                    .filter(file -> file.toString().matches(".*\\.(java|js|html)"))
                    .toList();
            assertThat(files).hasSizeGreaterThan(30);
            return files;
        }
    }

    /** Measures nothing: it only says how it wants to be shown. */
    private static final class Invented implements Instrument {
        @Override
        public String name() {
            return "invented";
        }

        @Override
        public String about() {
            return "what was made up";
        }

        @Override
        public List<String> quantities() {
            return List.of("height", "width", "heights", "pairs", "more");
        }

        @Override
        public Figures figures() {
            return Figures.of(
                            "Made up",
                            Curves.of("Height beside width", "Both in metres.", AxisScale.LOG)
                                    .curve("height", "the height")
                                    .curve("width", "the width")
                                    .line("height", new Reference("twice K", k -> 2 * k)),
                            new Histogram("Heights", "", "heights", "height in metres", "trees"),
                            SquareMatrix.of(
                                    "Pairs", "All of them.", "pairs", new Reference("Theory has K/10", k -> k / 10)))
                    .andKeyNumbers(KeyNumber.percent("last height", "height", ""));
        }

        @Override
        public Set<Reading<?>> needs() {
            return Set.of();
        }

        @Override
        public void observe(Observation observation, Consumer<Measurement> measurements) {}
    }

    @Test
    void anInstrumentThatTheReportNeverHeardOfIsDrawnInItsOwnWords() {
        List<Measurement> measured = List.of(
                Measurement.of(0, "invented", "height", "", "", 0.25),
                Measurement.of(9, "invented", "height", "", "", 0.5),
                Measurement.of(9, "invented", "width", "", "", 0.125),
                Measurement.of(9, "invented", "more", "", "", 4),
                new Measurement(9, "invented", "heights", "", "", List.of(0.0, 1.0, 0.5, 0.5)),
                new Measurement(9, "invented", "pairs", "", "", List.of(1.0, 0.1, 0.1, 1.0)));
        RecordedRun run = new RecordedRun("s", "id", 1, Map.of(), "{}", Map.of(), measured, Optional.empty());
        StudyData data = new StudyData(List.of(run), List.of(new Invented()));
        Section section = new Sections(data, new StepPool()).all().getFirst();
        assertThat(section.title()).isEqualTo("Made up");
        assertThat(section.lead()).isEqualTo("What was made up.");
        assertThat(section.figures())
                .extracting(PageFigure::title)
                .containsExactly("Height beside width", "Heights", "Pairs", "More");
        PageFigure curves = section.figures().getFirst();
        assertThat(curves.caption()).isEqualTo("Both in metres.");
        assertThat(curves.chart())
                .containsEntry("scale", "log")
                .containsEntry("variants", List.of("the height", "the width"))
                .containsEntry("reference", Map.of("label", "twice K", "value", 4.0));
        assertThat(section.figures().get(1).chart()).containsEntry("unit", "height in metres");
        assertThat(section.figures().get(1).caption()).startsWith("Above, the share of trees over time");
        assertThat(section.figures().get(2).caption())
                .isEqualTo("All of them. Every class with every other, mean over seeds. Theory has K/10 = 0.2.");
        assertThat(KeyNumbers.labels(data)).containsExactly("last height");
        assertThat(KeyNumbers.ofRun(data, run)).containsExactly("50.00%");
    }
}

package io.orrery.lab.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.FigureSpec;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.VectorEntries;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstrumentsTest {
    @Test
    void namesAreUniqueAndEachInstrumentSaysWhatItShows() {
        assertThat(Instruments.all()).extracting(Instrument::name).doesNotHaveDuplicates();
        assertThat(Instruments.all()).allSatisfy(instrument -> {
            assertThat(instrument.name()).matches("[a-z-]+");
            assertThat(instrument.about()).isNotBlank();
            assertThat(instrument.needs()).isNotEmpty();
        });
    }

    @Test
    void everyQuantityIsInOneFigureOfItsInstrumentWhichHasWords() {
        assertThat(Instruments.all()).allSatisfy(instrument -> {
            Figures figures = instrument.figures();
            assertThat(figures.title()).isNotBlank();
            assertThat(figures.all())
                    .extracting(FigureSpec::title)
                    .doesNotContain("")
                    .doesNotHaveDuplicates();
            assertThat(figures.all().stream().flatMap(figure -> figure.quantities().stream()))
                    .as("quantities in figures of " + instrument.name())
                    .containsExactlyInAnyOrderElementsOf(instrument.quantities());
            assertThat(figures.keyNumbers()).allSatisfy(number -> {
                assertThat(instrument.quantities()).contains(number.quantity());
                assertThat(number.unless().stream()).isSubsetOf(instrument.quantities());
            });
            assertThat(figures.all()).allSatisfy(figure -> {
                if (figure instanceof Curves curves) {
                    assertThat(curves.lines().keySet()).isSubsetOf(curves.quantities());
                }
                if (figure instanceof VectorEntries spectrum) {
                    assertThat(spectrum.countedBy().stream()).isSubsetOf(instrument.quantities());
                }
            });
        });
    }

    @Test
    void listsOfASpecAreResolvedInTheOrderOfReports() {
        assertThat(Instruments.named(List.of("all"))).isEqualTo(Instruments.all());
        assertThat(Instruments.named(List.of("default")))
                .isEqualTo(Instruments.usual())
                .extracting(Instrument::name)
                .contains("loss", "rank")
                .doesNotContain("update", "classes");
        assertThat(Instruments.named(List.of("classes", "default", "loss")))
                .hasSize(Instruments.usual().size() + 1);
        assertThat(Instruments.named(List.of("rank", "loss", "rank")))
                .extracting(Instrument::name)
                .containsExactly("loss", "rank");
        assertThatThrownBy(() -> Instruments.named(List.of("ranks")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(
                        "measure.instruments: no instrument is named ranks; there are default, all, loss, ");
    }
}

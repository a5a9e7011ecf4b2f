package io.orrery.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.Sentence;
import io.orrery.lab.train.RunEnd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final String DECAYED =
            "{\"decay\":{\"lambda\":0.0005},\"loss\":{\"kind\":\"square\"},\"model\":{\"bias\":false}}";
    private static final String UNDECAYED = DECAYED.replace("0.0005", "0");

    @Test
    void aRunThatDoesWhatTheoryPredicts() {
        List<RecordedRun> runs = List.of(collapsed(1, 0.02, DECAYED), collapsed(2, 0.01, DECAYED));
        List<Sentence> sentences = Summary.of(runs);
        assertThat(sentences)
                .extracting(Sentence::topic)
                .containsExactly(
                        "training error",
                        "collapse",
                        "collapse",
                        "self-duality",
                        "margins",
                        "rank",
                        "rho",
                        "generalization");
        assertThat(sentences)
                .filteredOn(sentence -> sentence.mark() == Mark.AS_PREDICTED)
                .hasSize(6);
        assertThat(text(sentences, "training error")).isEqualTo("The training error is zero in all 2 runs.");
        // From 2 at step 0 and 0.5 at half to 0.02 and 0.01: factors 100 and 200.
        assertThat(text(sentences, "collapse"))
                .contains(
                        "fell from 2 to 0.015 (0.01 to 0.02), by a factor of 150 (100 to 200), still falling in the second half");
        assertThat(text(sentences, "self-duality")).contains("optimal without a bias has 0.367");
        assertThat(text(sentences, "rho"))
                .contains("rho is 4.04, its equilibrium 4")
                .contains("apart by 1%");
        assertThat(text(sentences, "generalization"))
                .isEqualTo("The test accuracy is 95%; training is above it by 5 percentage points.");
    }

    @Test
    void aRunThatContradictsEveryPrediction() {
        RecordedRun run = run(
                1,
                Map.of(),
                DECAYED,
                RunEnd.Status.DONE,
                List.of(
                        points("loss", "accuracy", "train", 0.1, 1, 1),
                        points("neural-collapse", "nc1", "train", 2, 2, 3),
                        points("neural-collapse", "nc4", "train", 0.9, 0.5, 0.3),
                        points("neural-collapse", "self-duality", "train", 1.9, 1.5, 1.4),
                        points("neural-collapse", "self-duality-centred", "train", 1.9, 1.5, 1.3),
                        points("margins", "spread", "train", -3, 0.5, 0.6),
                        points("rank", "stable-rank", "", 5, 5, 6),
                        points("rank", "decay-exponent", "", 0, 5, 10),
                        points("norms", "rho", "", 9, 8, 8),
                        points("norms", "rho-equilibrium", "", 2, 3, 4)));
        List<Sentence> sentences = Summary.of(List.of(run));
        assertThat(sentences)
                .filteredOn(sentence -> !sentence.topic().equals("training error"))
                .hasSize(6)
                .allSatisfy(sentence -> assertThat(sentence.mark()).isEqualTo(Mark.NOT_AS_PREDICTED));
        assertThat(text(sentences, "collapse")).contains("rose from 2 to 3, rising in the second half of the steps");
    }

    @Test
    void featuresThatCannotMoveContradictNothing() {
        RecordedRun linear = run(
                1,
                Map.of(),
                DECAYED,
                RunEnd.Status.DONE,
                List.of(
                        points("loss", "accuracy", "train", 0.1, 1, 1),
                        points("neural-collapse", "nc1", "train", 0.5, 0.5, 0.5)));
        assertThat(Summary.of(List.of(linear)))
                .filteredOn(sentence -> sentence.topic().equals("collapse"))
                .singleElement()
                .satisfies(sentence -> {
                    assertThat(sentence.mark()).isEqualTo(Mark.OPEN);
                    assertThat(sentence.text()).contains("NC1 is 0.5 throughout");
                });
    }

    @Test
    void withoutDecayOrZeroErrorEverythingStaysOpen() {
        List<Sentence> undecayed = Summary.of(List.of(collapsed(1, 0.02, UNDECAYED)));
        assertThat(undecayed)
                .filteredOn(sentence ->
                        List.of("collapse", "self-duality", "margins").contains(sentence.topic()))
                .hasSize(4)
                .allSatisfy(sentence -> {
                    assertThat(sentence.mark()).isEqualTo(Mark.OPEN);
                    assertThat(sentence.text()).endsWith("Without weight decay the prediction does not apply.");
                });
        RecordedRun unfitted = run(
                1,
                Map.of(),
                DECAYED,
                RunEnd.Status.DONE,
                List.of(
                        points("loss", "accuracy", "train", 0.1, 0.9, 0.98),
                        points("neural-collapse", "nc1", "train", 2, 1, 0.01)));
        List<Sentence> sentences = Summary.of(List.of(unfitted));
        assertThat(sentences).extracting(Sentence::mark).containsOnly(Mark.OPEN);
        assertThat(text(sentences, "training error")).contains("not zero: 2%");
        assertThat(text(sentences, "collapse")).endsWith("Without zero training error the prediction does not apply.");
    }

    @Test
    void rhoAndRanksStayOpenUntilTheStartIsForgotten() {
        RecordedRun run = run(
                1,
                Map.of(),
                DECAYED,
                RunEnd.Status.DONE,
                List.of(
                        points("loss", "accuracy", "train", 0.1, 1, 1),
                        points("rank", "stable-rank", "", 5, 5, 1),
                        points("rank", "decay-exponent", "", 0, 0.5, 1),
                        points("norms", "rho", "", 9, 8, 4),
                        points("norms", "rho-equilibrium", "", 2, 3, 4),
                        points("norms", "relaxation", "", 0, 1, 2)));
        List<Sentence> sentences = Summary.of(List.of(run));
        assertThat(sentences)
                .filteredOn(sentence -> !sentence.topic().equals("training error"))
                .extracting(Sentence::mark)
                .containsExactly(Mark.OPEN, Mark.OPEN);
        assertThat(text(sentences, "rho"))
                .contains("It has had 2 relaxation times; below 5 it may still remember its start.");
    }

    /** The equilibrium was not read at the last look. */
    @Test
    void rhoAndItsEquilibriumAreComparedAtOneLook() {
        RecordedRun run = run(
                1,
                Map.of(),
                DECAYED,
                RunEnd.Status.DONE,
                List.of(
                        points("loss", "accuracy", "train", 0.1, 1, 1),
                        points("norms", "rho", "", 9, 4.04, 8),
                        points("norms", "rho-equilibrium", "", 2, 4),
                        points("norms", "relaxation", "", 0, 10, 20)));
        assertThat(text(Summary.of(List.of(run)), "rho"))
                .contains("rho is 4.04, its equilibrium 4: apart by 1%")
                .contains("It has had 10 relaxation times.");
    }

    @Test
    void runsThatDisagreeLeaveAPredictionOpen() {
        List<Sentence> sentences = Summary.of(List.of(collapsed(1, 0.02, DECAYED), collapsed(2, 3, DECAYED)));
        assertThat(sentences.get(1).topic()).isEqualTo("collapse");
        assertThat(sentences.get(1).mark()).isEqualTo(Mark.OPEN);
    }

    @Test
    void divergedAndUnfinishedRunsAreNamedAndSettingsKeptApart() {
        Map<String, String> slow = Map.of("optimizer.learningRate", "0.1");
        Map<String, String> fast = Map.of("optimizer.learningRate", "9");
        List<Measurement> fit = points("loss", "accuracy", "train", 0.1, 1, 1);
        List<Sentence> sentences = Summary.of(List.of(
                run(1, slow, DECAYED, RunEnd.Status.DONE, List.of(fit)),
                run(2, slow, DECAYED, RunEnd.Status.INTERRUPTED, List.of(fit)),
                run(1, fast, DECAYED, RunEnd.Status.DIVERGED, List.of(fit)),
                run(2, fast, DECAYED, RunEnd.Status.DIVERGED, List.of(fit))));
        assertThat(sentences)
                .extracting(Sentence::text)
                .containsExactly(
                        "optimizer.learningRate = 0.1: 1 of 2 runs have not come to the end; what follows is as far as they went.",
                        "optimizer.learningRate = 0.1: The training error is zero in all 2 runs.",
                        "optimizer.learningRate = 9: 2 of 2 runs diverged (seed 1 at step 100, seed 2 at step 100).");
        assertThat(Summary.of(List.of())).isEmpty();
    }

    @Test
    void numbersKeepThreeDigits() {
        assertThat(List.of(0.0, 1.0, 0.0123456, 4.5678, 98765.4, 123456.0, 1e-5, -0.25, 100.0))
                .extracting(OverSeeds::digits)
                .containsExactly("0", "1", "0.0123", "4.57", "98765", "1.2e+05", "1.0e-05", "-0.25", "100");
    }

    @Test
    void everyConventionHasBothSides() {
        assertThat(Conventions.all()).hasSizeGreaterThan(10).allSatisfy(convention -> {
            assertThat(convention.quantity()).isNotBlank();
            assertThat(convention.here()).isNotBlank();
            assertThat(convention.elsewhere()).isNotBlank();
        });
    }

    private static RecordedRun collapsed(long seed, double nc1, String spec) {
        return run(
                seed,
                Map.of(),
                spec,
                RunEnd.Status.DONE,
                List.of(
                        points("loss", "accuracy", "train", 0.1, 1, 1),
                        points("loss", "accuracy", "test", 0.1, 0.94, 0.95),
                        points("neural-collapse", "nc1", "train", 2, 0.5, nc1),
                        points("neural-collapse", "nc4", "train", 0.9, 0.01, 0),
                        points("neural-collapse", "self-duality", "train", 1.9, 0.5, 0.38),
                        points("neural-collapse", "self-duality-centred", "train", 1.9, 0.3, 0.02),
                        points("margins", "spread", "train", -3, 0.5, 0.1),
                        points("rank", "stable-rank", "", 9, 5, 3),
                        points("rank", "decay-exponent", "", 0, 5, 10),
                        points("norms", "rho", "", 9, 5, 4.04),
                        points("norms", "rho-equilibrium", "", 2, 3, 4),
                        points("norms", "relaxation", "", 0, 10, 20),
                        List.of(new Measurement(
                                0, "neural-collapse", "cosines", "", "train", Collections.nCopies(9, 1.0)))));
    }

    private static RecordedRun run(
            long seed, Map<String, String> setting, String spec, RunEnd.Status status, List<List<Measurement>> series) {
        List<Measurement> all = new ArrayList<>();
        series.forEach(all::addAll);
        return new RecordedRun(
                "study",
                "run" + seed,
                seed,
                setting,
                spec,
                Map.of(),
                all,
                Optional.of(new RunEnd(status, 100, "", "", "", Map.of())));
    }

    /** Values at steps 0, 50 and 100. */
    private static List<Measurement> points(String instrument, String quantity, String split, double... values) {
        List<Measurement> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(Measurement.of(50L * i, instrument, quantity, "", split, values[i]));
        }
        return points;
    }

    private static String text(List<Sentence> sentences, String topic) {
        return sentences.stream()
                .filter(sentence -> sentence.topic().equals(topic))
                .findFirst()
                .orElseThrow()
                .text();
    }
}

package io.orrery.app.command.run;

import io.orrery.app.command.common.Wrapped;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.study.Summary;
import io.orrery.lab.study.Summary.Sentence;
import java.util.List;
import java.util.Set;

/** A study's summary on the terminal: what decay changed first, then the facts, setting by setting. */
final class SummaryText {
    /** More contrasts than this are left to the report. */
    private static final int MOST_CONTRASTS = 3;

    private static final String NO_MARK = "  ";

    /** What is said of each setting beside contrasts; the rest stands in the report. */
    private static final Set<String> ALWAYS = Set.of("runs", "training error", "generalization");

    private final Terminal terminal;

    SummaryText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints it. */
    void print(Summary summary) {
        List<Summary.Contrast> contrasts = summary.contrasts();
        contrasts.stream().limit(MOST_CONTRASTS).forEach(contrast -> {
            heading(contrast.title());
            contrast.sentences().forEach(sentence -> item(mark(sentence.mark()), sentence));
        });
        if (contrasts.size() > MOST_CONTRASTS) {
            line(contrasts.size() - MOST_CONTRASTS + " more comparisons stand in the report.");
        }
        if (!contrasts.isEmpty()) {
            line(Summary.howContrastsAreJudged());
        }
        summary.settings().forEach(setting -> {
            if (!setting.label().isEmpty()) {
                heading(setting.label());
            }
            setting.sentences().stream()
                    .filter(sentence -> contrasts.isEmpty() || ALWAYS.contains(sentence.topic()))
                    .forEach(sentence -> item(NO_MARK, sentence));
        });
    }

    private void heading(String text) {
        terminal.out().println(terminal.bold(text));
    }

    private void line(String text) {
        terminal.out().println(Wrapped.item("", text, terminal.columns()));
    }

    private void item(String mark, Sentence sentence) {
        terminal.out().println(Wrapped.item(mark, sentence.text(), terminal.columns()));
    }

    private String mark(Summary.Mark mark) {
        return switch (mark) {
            case AS_PREDICTED -> "[as predicted]    ";
            case NOT_AS_PREDICTED -> terminal.red("[not as predicted]");
            case OPEN -> "[open]            ";
            case FACT -> "                  ";
        };
    }
}

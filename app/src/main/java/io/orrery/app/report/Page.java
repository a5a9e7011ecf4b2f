package io.orrery.app.report;

import io.orrery.app.report.figure.Band;
import io.orrery.app.report.figure.Section;
import io.orrery.app.report.figure.Sections;
import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.part.CostsPart;
import io.orrery.app.report.part.KeyNumbers;
import io.orrery.app.report.part.ProvenancePart;
import io.orrery.app.report.part.RunsPart;
import io.orrery.app.report.part.SpecPart;
import io.orrery.app.report.part.SummaryPart;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.study.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the parts of a report into its page. */
final class Page {
    private final StudyReport study;
    private final StudyData data;
    private final StepPool pool = new StepPool();
    private final PageBuilder page = new PageBuilder();

    private Page(StudyReport study) {
        this.study = study;
        this.data = new StudyData(study.runs());
    }

    /** The page's HTML. */
    static String of(StudyReport study) {
        return new Page(study).html();
    }

    private String html() {
        page.part("summary", "Summary", "", summary());
        for (Section section : new Sections(data, pool).all()) {
            page.part(section.id(), section.title(), section.lead(), figures(section));
        }
        page.part("runs", "Runs", "", RunsPart.html(data));
        page.part(
                "spec",
                "The spec",
                "Everything the numbers depend on, every default written out."
                        + (data.settings().size() > 1 ? " One spec per setting of the grid." : ""),
                SpecPart.html(data));
        page.part("conventions", "Conventions", "", SummaryPart.conventions());
        page.part(
                "costs",
                "Costs",
                "Times depend on the machine; nothing else in this page does.",
                CostsPart.html(data.runs()));
        page.part("provenance", "Provenance", "", ProvenancePart.html(data));
        page.part("repeat", "How to repeat this", "", repeat());
        String version = ProvenancePart.shared(data, "orrery").orElse("");
        return page.html(
                new PageBuilder.Head("study report", study.title(), study.question(), facts(), version),
                data.settings().stream().map(GridPoint::label).toList(),
                pool.lists());
    }

    private String summary() {
        Summary words = Summary.of(data.runs());
        String numbers = KeyNumbers.tiles(data) + KeyNumbers.bySetting(data);
        return RunsPart.omitted(study.omitted())
                + RunsPart.warning(data)
                + SummaryPart.contrasts(words)
                + numbers
                + SummaryPart.facts(words)
                + bands();
    }

    /** What curves and bands are; empty where no setting has two runs. */
    private String bands() {
        return data.settings().stream().allMatch(setting -> setting.runs().size() < 2)
                ? ""
                : "<p class=\"lead\">In the charts curves are medians over seeds at each look, bands span "
                        + Html.escape(Band.spanned(data.settings())) + "; \"Every seed\" draws each run.</p>\n";
    }

    private String figures(Section section) {
        String html = "<div class=\"figures\">\n" + page.figures(section.figures()) + "</div>\n";
        return section.further().isEmpty()
                ? html
                : html + "<details class=\"further\"><summary>Further readings</summary><div class=\"figures\">\n"
                        + page.figures(section.further()) + "</div></details>\n";
    }

    private String facts() {
        long steps = data.runs().stream()
                .mapToLong(r -> r.end().map(end -> end.steps()).orElse(0L))
                .max()
                .orElse(0);
        List<String> facts = new ArrayList<>();
        facts.add(count(data.runs().size(), "run"));
        if (data.settings().size() > 1) {
            facts.add(count(data.settings().size(), "setting"));
        }
        facts.add(count(data.runs().stream().map(RecordedRun::seed).distinct().count(), "seed"));
        if (steps > 0) {
            facts.add("up to " + Numbers.whole(steps) + " steps");
        }
        ProvenancePart.shared(data, "orrery").ifPresent(version -> facts.add("Orrery " + version));
        return String.join(" · ", facts);
    }

    private static String count(long number, String noun) {
        return Numbers.whole(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private String repeat() {
        String seeds = data.runs().stream()
                .map(RecordedRun::seed)
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        StringBuilder html = new StringBuilder();
        if (!study.command().isBlank()) {
            html.append("<p>The whole study:</p><pre>")
                    .append(Html.escape(study.command()))
                    .append("</pre>\n");
        }
        GridPoint first = data.settings().getFirst();
        String file = SpecPart.name(first.runs().getFirst().study(), first);
        return html.append("<p>From this page alone: save ")
                .append(data.settings().size() == 1 ? "the spec above" : "the spec of a setting above")
                .append(
                        " and run it. The same version, spec and seed give the same digests, on any number of threads.</p><pre>")
                .append(Html.escape("./orrery run " + file + " --seeds " + seeds))
                .append("</pre>\n")
                .toString();
    }
}

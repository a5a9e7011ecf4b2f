package io.orrery.lab.claim.trial;

import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.book.verdict.Replication;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Scale;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of the verdicts that are handed on with the sources: {@code docs/verdicts/README.md}. */
public final class VerdictsReference {
    private static final String HEAD = """
            # Verdicts

            What the laboratory's claims came to when they were run with the sources, family by family: the verdict of the source's sentence
            and of ours, seeds, processor time, and how often blocks of fresh seeds came to which verdict. What each claim says and by what it
            is judged: [claims.md](../claims.md). Each line is a file here, with every finding, its interval and the commit. Who runs a claim is told
            whether its numbers are the same, bit for bit. Written from these files:

                ./orrery claim ID --publish docs/verdicts
                ./orrery claim ID --replicate 20 --publish docs/verdicts

            """;

    private VerdictsReference() {}

    /** The page as Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        List<PublishedVerdict> all = Claims.all().stream()
                .flatMap(claim -> published(claim).stream())
                .toList();
        page.append(count(all, Scale.QUICK))
                .append(" of ")
                .append(Claims.all().size())
                .append(" claims at quick scale, ")
                .append(count(all, Scale.FULL))
                .append(" at full scale.\n");
        for (String family : Claims.families()) {
            String lines = Claims.ofFamily(family).stream()
                    .flatMap(claim -> published(claim).stream())
                    .map(VerdictsReference::line)
                    .collect(Collectors.joining());
            if (!lines.isEmpty()) {
                page.append("\n## ").append(family).append("""


                        | claim | scale | verdict | effect, interval, predicted | seeds | on fresh seeds | processor | commit |
                        | --- | --- | --- | --- | --- | --- | --- | --- |
                        """).append(lines);
            }
        }
        return page.toString();
    }

    private static long count(List<PublishedVerdict> all, Scale scale) {
        return all.stream()
                .filter(published -> published.verdict().scale().equals(scale.text()))
                .count();
    }

    private static List<PublishedVerdict> published(Claim claim) {
        return Stream.of(Scale.values())
                .flatMap(scale -> PublishedVerdicts.OF_BUILD.of(claim.card().id(), scale).stream())
                .toList();
    }

    private static String line(PublishedVerdict published) {
        BookedVerdict verdict = published.verdict();
        return "| [" + verdict.claim() + "](" + PublishedVerdict.fileName(verdict.claim(), verdict.scale()) + ") | "
                + verdict.scale() + " | " + outcomes(verdict) + " | "
                + verdict.explanation().replace("|", "\\|") + " | " + verdict.seeds() + " | "
                + published.replication().map(Replication::text).orElse("not counted") + " | "
                + time(published.cpuSeconds()) + " | "
                + published.shortCommit() + " |\n";
    }

    private static String outcomes(BookedVerdict verdict) {
        return verdict.sentences().size() < 2
                ? verdict.outcome()
                : verdict.sentences().stream()
                        .map(sentence -> sentence.whose() + ": " + sentence.outcome())
                        .collect(Collectors.joining(", "));
    }

    private static String time(double seconds) {
        return Optional.of(seconds)
                .filter(Double::isFinite)
                .map(known -> String.format(Locale.ROOT, "%.0f s", known))
                .orElse("not measured");
    }
}

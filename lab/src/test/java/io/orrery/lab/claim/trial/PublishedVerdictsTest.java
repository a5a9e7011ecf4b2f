package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.Numerics;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed on belongs to claims that there are, to their protocols of today and to this build's numbers. */
final class PublishedVerdictsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("orrery.root", ".."), "docs/verdicts").normalize();

    @TempDir
    Path book;

    @Test
    void eachIsOfAClaimAndItsProtocolOfToday() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        for (Claim claim : Claims.all()) {
            for (Scale scale : Scale.values()) {
                PublishedVerdicts.OF_BUILD.of(claim.card().id(), scale).ifPresent(published -> {
                    String file = PublishedVerdict.fileName(claim.card().id(), scale.text());
                    assertThat(published.protocol())
                            .as(file + " is of another protocol: orrery claim "
                                    + claim.card().id() + " --scale " + scale.text() + " --publish docs/verdicts")
                            .isEqualTo(runner.protocol(claim, scale, Alterations.NONE));
                    assertThat(published.verdict().numerics()).as(file).isEqualTo(Numerics.VERSION);
                    assertThat(published.verdict().altered()).as(file).isEmpty();
                });
            }
        }
    }

    @Test
    void noFileIsOfAClaimThatThereIsNot() throws IOException {
        if (Files.isDirectory(FOLDER)) {
            List<String> names = Claims.all().stream()
                    .flatMap(claim -> Stream.of(Scale.values())
                            .map(scale -> PublishedVerdict.fileName(claim.card().id(), scale.text())))
                    .toList();
            try (Stream<Path> files = Files.list(FOLDER)) {
                assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                        .isSubsetOf(names);
            }
        }
    }
}

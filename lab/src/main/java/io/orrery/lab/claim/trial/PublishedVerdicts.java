package io.orrery.lab.claim.trial;

import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.claim.Scale;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Verdicts that were handed on: of each claim at a scale the one, if there is one. */
@FunctionalInterface
public interface PublishedVerdicts {
    /** Those of {@code docs/verdicts}, which the build takes along. */
    PublishedVerdicts OF_BUILD = PublishedVerdicts::ofBuild;

    /**
     * The one of a claim at a scale, if there is one.
     *
     * @throws IllegalStateException naming the file, if it is not what was written
     */
    Optional<PublishedVerdict> of(String claim, Scale scale);

    private static Optional<PublishedVerdict> ofBuild(String claim, Scale scale) {
        String name = PublishedVerdict.fileName(claim, scale.text());
        try (InputStream in = PublishedVerdicts.class.getResourceAsStream("/io/orrery/lab/verdicts/" + name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(PublishedVerdict.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException damaged) {
            throw new IllegalStateException("docs/verdicts/" + name + ": " + damaged.getMessage(), damaged);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.orrery.lab.catalogue;

import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.trial.ClaimReference;
import io.orrery.lab.claim.trial.VerdictsReference;
import io.orrery.lab.reference.SpecReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The pages of docs that are written by the laboratory itself, from what is registered in it. */
public final class GeneratedPages {
    private GeneratedPages() {}

    /** What each page holds, by its file's name. */
    static SequencedMap<String, Supplier<String>> all() {
        SequencedMap<String, Supplier<String>> pages = new LinkedHashMap<>();
        pages.put("claims.md", () -> ClaimReference.markdown(Claims.all()));
        pages.put("spec.md", SpecReference::markdown);
        pages.put("systems.md", SystemsReference::page);
        pages.put("verdicts/README.md", VerdictsReference::markdown);
        return pages;
    }

    /**
     * Writes all of them.
     *
     * @param arguments the folder, such as {@code docs}
     */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, Supplier<String>> page : all().entrySet()) {
            Path file = Path.of(arguments[0]).resolve(page.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, page.getValue().get());
        }
    }
}

package io.orrery.app.report.claim;

import io.orrery.app.report.ReportWriter;
import io.orrery.lab.UserError;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.trial.ClaimResult;
import java.nio.file.Path;
import java.util.List;

/** Where the pages of claims lie: one beside each claim's runs, and one for all above them. */
public final class ClaimPages {
    static final String PAGE = "page.html";
    static final String SUMMARY = "index.html";

    private ClaimPages() {}

    /**
     * Writes the page of a claim that was judged.
     *
     * @param folder of its runs
     * @return where it is
     * @throws UserError if it cannot be written
     */
    public static Path write(ClaimResult result, Path folder) {
        return written(ClaimPage.of(result), folder.resolve(PAGE));
    }

    /**
     * Writes the summary of all verdicts that a folder holds.
     *
     * @param catalogue all claims there are, in the order of the page
     * @return where it is
     * @throws UserError if it cannot be written
     */
    public static Path writeSummary(Path folder, List<Claim> catalogue) {
        return written(ClaimsPage.of(folder, catalogue), folder.resolve(SUMMARY));
    }

    private static Path written(String page, Path place) {
        Path file = place.toAbsolutePath().normalize();
        ReportWriter.write(page, file);
        return file;
    }
}

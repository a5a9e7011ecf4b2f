package io.orrery.app.command.claim;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.text.Nearest;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** How much work goes into claims. */
final class ScaleOption {
    @Option(
            names = "--scale",
            paramLabel = "quick|full",
            description = "quick: small generated data, at most a minute a claim (default). full: real data, hours.")
    private String text = Scale.QUICK.text();

    Scale scale() {
        List<String> valid = Arrays.stream(Scale.values()).map(Scale::text).toList();
        return Arrays.stream(Scale.values())
                .filter(scale -> scale.text().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> new UserError("--scale: there is no scale '" + text + "'; " + Nearest.hint(text, valid)));
    }
}

package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.ThreadOption;
import io.orrery.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a run that was interrupted or killed, to the same bits as an uninterrupted one. */
@Command(
        name = "resume",
        description = "Goes on with an interrupted or killed run from its last checkpoint, to the same bits.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery resume 3f2a",
            "",
            "To go on with a whole study, give its 'run' command again."
        })
public final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private ThreadOption threads;

    @Parameters(paramLabel = "RUN", description = "The run's id or its beginning, or study/id.")
    private String run = "";

    @Override
    public Integer call() {
        return new StudySession(
                        common.book(),
                        Terminal.ofProcess(),
                        common.json(),
                        threads.count(),
                        "orrery resume " + run + common.text())
                .resume(run);
    }
}

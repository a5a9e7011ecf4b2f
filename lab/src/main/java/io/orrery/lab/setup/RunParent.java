package io.orrery.lab.setup;

import io.orrery.lab.text.Json;

/**
 * The run that another one starts from, and at which of its states.
 *
 * @param run its id
 * @param step updates that it had done
 * @param stateDigest digest of its whole state then
 * @param memory whether what the optimizer and the rule remember is taken over too, rather than begun anew
 */
public record RunParent(String run, long step, String stateDigest, boolean memory) {
    /** All that the numbers of the run which starts there depend on. */
    public Json.Fields json() {
        return Json.object()
                .put("memory", new Json.Flag(memory))
                .put("run", run)
                .put("state", stateDigest)
                .put("step", step);
    }

    /** As {@code run 0123456789ab at step 100}. */
    public String text() {
        return "run " + run + " at step " + step + (memory ? ", with the optimizer's memory" : "");
    }
}

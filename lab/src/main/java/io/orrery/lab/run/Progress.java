package io.orrery.lab.run;

import java.util.OptionalLong;

/**
 * Where a run is.
 *
 * @param step updates done
 * @param totalSteps of the whole run, unless a stop rule ends it earlier
 * @param batchLoss of the latest batch, before its update; NaN before any
 * @param accuracy on the training split, whole or a part of it, at the latest look that read it; NaN before any
 * @param accuracyStep the step of that look
 */
public record Progress(long step, long totalSteps, double batchLoss, double accuracy, OptionalLong accuracyStep) {}

/**
 * The judge: what a claim's measurements say about its prediction. Written once, used by every claim. It sees plain
 * numbers, one per seed (or per setting), never runs.
 *
 * <p>A criterion turns numbers and a threshold into a {@link io.orrery.lab.judge.Finding}: {@link io.orrery.lab.judge.criterion.Level}
 * (one quantity), {@link io.orrery.lab.judge.criterion.Comparison} (two arms, paired or not, and their equality),
 * {@link io.orrery.lab.judge.criterion.Trend} (a driver's direction, order, slope or power law),
 * {@link io.orrery.lab.judge.criterion.Exactly} (identities, and bounds never violated), {@link io.orrery.lab.judge.criterion.Correlation}
 * (ranks over settings) and {@link io.orrery.lab.judge.criterion.Proportion}. A {@link io.orrery.lab.judge.Ruling} puts the
 * findings and the {@link io.orrery.lab.judge.Requirement requirements} of one claim together with Holm's correction; a
 * {@link io.orrery.lab.judge.Verdict} holds it against the ruling on the claim's negative control.
 *
 * <p>Errors: each direction of error is kept to 2.5%, both together to 5%, over all findings of a claim
 * ({@link io.orrery.lab.judge.Ruling#ERROR}). A number that is missing or not finite is stated, and fewer than
 * {@link io.orrery.lab.judge.statistics.Sample#MINIMUM} left give no outcome but INCONCLUSIVE. Everything is deterministic.
 */
@NullMarked
package io.orrery.lab.judge;

import org.jspecify.annotations.NullMarked;

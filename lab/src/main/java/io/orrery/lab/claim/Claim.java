package io.orrery.lab.claim;

/**
 * A prediction of the literature with a protocol and a judge. Adding one means one file in a family folder {@code io.orrery.lab.claim.FAMILY},
 * its test, and one line in {@link Claims}. A claim holds no state: its thresholds are constants of its file, fixed before any
 * run that is judged; the judge sees measurements only.
 */
public interface Claim {
    /** What people read of the claim before anything runs. */
    Card card();

    /** What it is about, in one word: the name of the folder that its file lies in, such as {@code collapse}. */
    default String family() {
        String folder = getClass().getPackageName();
        return folder.substring(folder.lastIndexOf('.') + 1);
    }

    /** The runs that decide it at a scale, treatment and control. */
    Protocol protocol(Scale scale);

    /** What the measurements say. Must not fail on runs that diverged or on protocols that a user altered. */
    Judgement judge(Evidence evidence);
}

package io.orrery.lab.compute;

import java.util.List;

/** Something that turns a setting into numbers: a {@link Computation}, or an examination of networks that were trained. */
public interface Procedure {
    /** In lower case with hyphens; series are named after it: {@code NAME.QUANTITY}. */
    String name();

    /** Raised whenever a number that it gives changes: what the lab book holds of another version is not used. */
    int version();

    /** What it computes, in a sentence for people. */
    String about();

    /** All that a setting holds. */
    List<Parameter> parameters();
}

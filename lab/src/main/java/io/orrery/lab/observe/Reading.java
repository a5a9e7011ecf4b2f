package io.orrery.lab.observe;

import java.util.Set;

/**
 * A part of an {@link Observation} that costs something to prepare: the key by which an instrument asks for it, with the type
 * of what it gives. The set is open. A record whose components tell apart readings of one kind, such as the split, is all
 * that a new one takes; whoever needs it names it in {@link Instrument#needs} and asks {@link Observation#read}.
 *
 * <p>The readings that the instruments due at a look need are taken once for all of them, before any observes. They cannot
 * change the run: see {@link Subject}.
 *
 * @param <T> what it gives, the same for all instruments of a look and not to be changed
 */
public interface Reading<T> {
    /** What it is, in a few words that tell it apart from all others, such as "weights". */
    String name();

    /** When it is taken. */
    default Pace pace() {
        return Pace.EVERY_LOOK;
    }

    /**
     * Predicted FLOPs of taking it once, and of what instruments do with every number of it, in FLOPs of a kernel of training.
     * They decide how many looks take it, so they depend on sizes alone.
     */
    double flops(Sizes sizes);

    /**
     * The same at a look of some extent beside other readings, whose work it may share.
     *
     * @param extent on which examples loss and accuracy are taken
     * @param beside all readings of the look, this one among them
     */
    default double flops(Sizes sizes, Extent extent, Set<Reading<?>> beside) {
        return flops(sizes);
    }

    /** Compiles what reads a run; done once, when the reading is first needed. */
    Reader<T> over(Subject subject);

    /** When a reading is taken. */
    enum Pace {
        /** At every look, with all that is cheap. */
        EVERY_LOOK,
        /** At as many looks as its own price allows, and with it the instruments that need it. */
        RATIONED,
        /** At thorough looks alone; an instrument that needs it is shown other looks too, and must not ask there. */
        THOROUGH
    }

    /**
     * Reads a run as it stands.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    interface Reader<T> {
        /**
         * The reading now.
         *
         * @param look what else is read at this look: {@link Look#part}
         */
        T read(Look look);
    }
}

package io.orrery.lab.judge;

/** How a finding of the treatment and one of the control come together as the same question. */
public sealed interface Pairing {
    /** By their places among the findings. */
    record ByPlace() implements Pairing {}

    /**
     * A finding of the control that asks the question of a finding of the treatment.
     *
     * @param finding the treatment finding's name
     */
    record With(String finding) implements Pairing {}

    /**
     * A finding of the treatment for which there can be no control.
     *
     * @param reason in plain words, for the page
     */
    record Nothing(String reason) implements Pairing {}
}

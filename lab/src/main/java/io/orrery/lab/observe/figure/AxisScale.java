package io.orrery.lab.observe.figure;

/** How the axis of the readings is drawn. */
public enum AxisScale {
    LINEAR,
    /** Logarithmic, unless readings are negative or curves lie on 0. */
    LOG,
    /** Logarithmic; readings that are not positive are left out. */
    LOG_OF_POSITIVE,
    /** Fractions shown as percentages. */
    PERCENT,
    /** Logarithmic for positive readings that span more than two factors of ten. */
    AUTO
}

package io.orrery.app.report;

/**
 * One of the curves that a figure shows for each setting.
 *
 * @param label in the legend: a split, a layer, a quantity
 */
record Variant(String label, SeriesKey key) {}

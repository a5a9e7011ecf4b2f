package io.orrery.app.report.series;

/**
 * One of the curves that a figure shows for each setting.
 *
 * @param label in the legend: a split, a layer, a quantity
 */
public record Variant(String label, SeriesKey key) {}

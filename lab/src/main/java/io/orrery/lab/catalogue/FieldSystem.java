package io.orrery.lab.catalogue;

/**
 * A system of the field: a method, a measurement, a theory or an experiment that is to work here.
 *
 * @param id such as 002-199
 * @param family of the field
 * @param title the work that it comes from, or what it is
 * @param worksWhen what must be seen before it counts as working
 */
public record FieldSystem(String id, String family, String title, String worksWhen) {}

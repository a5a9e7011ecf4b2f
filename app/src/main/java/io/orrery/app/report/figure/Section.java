package io.orrery.app.report.figure;

import java.util.List;

/**
 * A section of figures.
 *
 * @param id anchor within the page
 * @param further figures that are folded away
 * @param lead what the section shows and its source; empty for none
 */
public record Section(String id, String title, String lead, List<PageFigure> figures, List<PageFigure> further) {}

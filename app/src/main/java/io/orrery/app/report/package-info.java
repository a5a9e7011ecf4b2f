/** The report: one self-contained HTML page per study, written from what the lab book holds. */
@NullMarked
package io.orrery.app.report;

import org.jspecify.annotations.NullMarked;

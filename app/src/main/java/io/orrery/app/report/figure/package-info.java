/** Figures of a study and the sections in which they stand. */
@NullMarked
package io.orrery.app.report.figure;

import org.jspecify.annotations.NullMarked;

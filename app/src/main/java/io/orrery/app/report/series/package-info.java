/** What a report reads of a study's measurements: series by setting, seed and step. */
@NullMarked
package io.orrery.app.report.series;

import org.jspecify.annotations.NullMarked;

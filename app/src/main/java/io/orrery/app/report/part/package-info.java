/** Parts of a study's page that are text and tables. */
@NullMarked
package io.orrery.app.report.part;

import org.jspecify.annotations.NullMarked;

/** People: the command line, progress and the report. */
@NullMarked
package io.orrery.app;

import org.jspecify.annotations.NullMarked;

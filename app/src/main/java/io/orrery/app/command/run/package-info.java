/** The commands that train, and those that show, compare, report and export what was trained. */
@NullMarked
package io.orrery.app.command.run;

import org.jspecify.annotations.NullMarked;

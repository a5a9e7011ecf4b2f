/** One class per command of the command line, those of runs and of claims in folders of their own. */
@NullMarked
package io.orrery.app.command;

import org.jspecify.annotations.NullMarked;

/** One class per command of the command line. */
@NullMarked
package io.orrery.app.command;

import org.jspecify.annotations.NullMarked;

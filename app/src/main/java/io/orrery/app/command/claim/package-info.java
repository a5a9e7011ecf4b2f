/** The commands that put claims to the test and show them. */
@NullMarked
package io.orrery.app.command.claim;

import org.jspecify.annotations.NullMarked;

/** What commands share: options, how text is wrapped, how problems and interruptions are told. */
@NullMarked
package io.orrery.app.command.common;

import org.jspecify.annotations.NullMarked;

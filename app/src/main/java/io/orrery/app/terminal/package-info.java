/** What people and programs see while work goes on: progress on standard error, JSON lines on standard output. */
@NullMarked
package io.orrery.app.terminal;

import org.jspecify.annotations.NullMarked;

/** Measurements of runs in formats of other programs. */
@NullMarked
package io.orrery.lab.book.export;

import org.jspecify.annotations.NullMarked;

/** Verdicts as files: in the lab book beside their runs, and those that are handed on with the sources. */
@NullMarked
package io.orrery.lab.book.verdict;

import org.jspecify.annotations.NullMarked;

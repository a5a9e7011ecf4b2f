/** Pieces of a page: escaped text, tables, numbers as people read them. */
@NullMarked
package io.orrery.app.report.html;

import org.jspecify.annotations.NullMarked;

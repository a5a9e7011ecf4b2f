/** How a table of numbers in a text file is read. */
@NullMarked
package io.orrery.lab.data.table;

import org.jspecify.annotations.NullMarked;

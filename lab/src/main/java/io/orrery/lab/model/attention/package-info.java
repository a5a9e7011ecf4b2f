/** How attention makes of queries, keys and values what it hands on, one file for each kind. */
@NullMarked
package io.orrery.lab.model.attention;

import org.jspecify.annotations.NullMarked;

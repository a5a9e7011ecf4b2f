/** Sources of data, generated and read from files: one record each, named by its kind in a spec. */
@NullMarked
package io.orrery.lab.data.source;

import org.jspecify.annotations.NullMarked;

/** Tasks that one run trains one after the other, each a data set of its own. */
@NullMarked
package io.orrery.lab.data.task;

import org.jspecify.annotations.NullMarked;

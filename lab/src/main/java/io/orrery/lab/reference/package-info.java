/** Pages of the documentation that are written from the code. */
@NullMarked
package io.orrery.lab.reference;

import org.jspecify.annotations.NullMarked;

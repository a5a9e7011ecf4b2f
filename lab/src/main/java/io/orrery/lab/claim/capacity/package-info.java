/** Claims about what networks can fit: any labels, any inputs, and how width decides it. */
@NullMarked
package io.orrery.lab.claim.capacity;

import org.jspecify.annotations.NullMarked;

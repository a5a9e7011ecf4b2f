/** Claims on neural collapse and low rank, one file each, under the name of what they say. */
@NullMarked
package io.orrery.lab.claim.collapse;

import org.jspecify.annotations.NullMarked;

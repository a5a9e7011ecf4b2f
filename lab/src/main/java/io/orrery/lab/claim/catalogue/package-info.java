/** The claims themselves, one file each, under the name of what they say. */
@NullMarked
package io.orrery.lab.claim.catalogue;

import org.jspecify.annotations.NullMarked;

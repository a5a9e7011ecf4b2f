/** Claims about the loss between networks: where trained networks lie, and what is between them. */
@NullMarked
package io.orrery.lab.claim.landscape;

import org.jspecify.annotations.NullMarked;

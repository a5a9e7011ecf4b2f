/** Whether networks that were trained apart come to represent the same. */
@NullMarked
package io.orrery.lab.claim.similarity;

import org.jspecify.annotations.NullMarked;

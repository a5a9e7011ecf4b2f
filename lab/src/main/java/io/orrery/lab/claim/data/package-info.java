/** Claims about what training examples are worth: how good and how many they are. */
@NullMarked
package io.orrery.lab.claim.data;

import org.jspecify.annotations.NullMarked;

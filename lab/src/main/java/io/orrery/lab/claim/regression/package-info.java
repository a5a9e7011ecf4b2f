/** Claims about networks that are fitted to real numbers. */
@NullMarked
package io.orrery.lab.claim.regression;

import org.jspecify.annotations.NullMarked;

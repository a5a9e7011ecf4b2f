/** Claims about networks that begin where training on other classes has ended. */
@NullMarked
package io.orrery.lab.claim.transfer;

import org.jspecify.annotations.NullMarked;

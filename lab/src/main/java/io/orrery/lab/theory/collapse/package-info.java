/** Neural collapse, rho, rank and balance of the layers: the theory of square loss, decay and normalization. */
@NullMarked
package io.orrery.lab.theory.collapse;

import org.jspecify.annotations.NullMarked;

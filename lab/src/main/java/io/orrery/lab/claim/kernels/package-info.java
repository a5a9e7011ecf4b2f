/** Claims on networks that are kernel methods: infinite width, random features, learned Gram matrices. */
@NullMarked
package io.orrery.lab.claim.kernels;

import org.jspecify.annotations.NullMarked;

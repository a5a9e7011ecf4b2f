/** Which units of two networks answer to the same: one to one, few to one, many to many (Li et al. 2016, arXiv 1511.07543). */
@NullMarked
package io.orrery.lab.theory.units;

import org.jspecify.annotations.NullMarked;

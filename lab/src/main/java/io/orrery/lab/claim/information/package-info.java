/** Claims on information: what no learner can know from its examples, and what representations keep of them. */
@NullMarked
package io.orrery.lab.claim.information;

import org.jspecify.annotations.NullMarked;

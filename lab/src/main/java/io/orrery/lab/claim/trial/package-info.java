/** Claims put on trial: scales and other data, runs, scope, judgement and what is booked of it. */
@NullMarked
package io.orrery.lab.claim.trial;

import org.jspecify.annotations.NullMarked;

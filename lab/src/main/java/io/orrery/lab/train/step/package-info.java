/** The graph of one step of training: the networks of a learner, its examples, and what a rule adds to them. */
@NullMarked
package io.orrery.lab.train.step;

import org.jspecify.annotations.NullMarked;

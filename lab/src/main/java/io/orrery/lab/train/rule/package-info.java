/** Training rules: one record each, named by its kind in a spec, which says what a step does. */
@NullMarked
package io.orrery.lab.train.rule;

import org.jspecify.annotations.NullMarked;

/** What may be asked of measurements: each criterion makes a finding. */
@NullMarked
package io.orrery.lab.judge.criterion;

import org.jspecify.annotations.NullMarked;

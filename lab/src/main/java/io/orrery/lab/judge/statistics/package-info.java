/** Numbers of one value per seed: averages, intervals, permutation tests, orders and thresholds. */
@NullMarked
package io.orrery.lab.judge.statistics;

import org.jspecify.annotations.NullMarked;

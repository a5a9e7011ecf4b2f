/**
 * Plans on the processors of this machine: {@code FloatBinder} looks up arrays and offsets of every buffer once and gives a
 * {@code FloatStep} per call; {@code FloatExecution} runs them in order, large ones divided among the workers.
 *
 * <p>Classes named Float... have a generated twin for double precision.
 */
@NullMarked
package io.orrery.engine.device.cpu;

import org.jspecify.annotations.NullMarked;

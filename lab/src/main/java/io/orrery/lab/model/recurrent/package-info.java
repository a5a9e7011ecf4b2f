/** Layers that go over a sequence position by position. */
@NullMarked
package io.orrery.lab.model.recurrent;

import org.jspecify.annotations.NullMarked;

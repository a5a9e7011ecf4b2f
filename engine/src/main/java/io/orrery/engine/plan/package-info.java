/** What is to be computed: a list of kernel calls on buffers placed ahead of time, and how it is run by those who hold one. */
@NullMarked
package io.orrery.engine.plan;

import org.jspecify.annotations.NullMarked;

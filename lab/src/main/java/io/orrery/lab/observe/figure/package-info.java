/** How an instrument wants its readings shown: titles, captions, axes. What draws them knows no instrument. */
@NullMarked
package io.orrery.lab.observe.figure;

import org.jspecify.annotations.NullMarked;

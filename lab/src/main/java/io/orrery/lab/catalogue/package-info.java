/** What the laboratory holds, seen from the systems of the field that are to work in it. */
@NullMarked
package io.orrery.lab.catalogue;

import org.jspecify.annotations.NullMarked;

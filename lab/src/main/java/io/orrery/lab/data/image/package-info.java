/** How folders and files of many images are read; one picture is read in {@code picture}. */
@NullMarked
package io.orrery.lab.data.image;

import org.jspecify.annotations.NullMarked;

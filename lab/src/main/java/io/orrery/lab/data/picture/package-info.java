/** Decodes pictures from the bytes of PNG and JPEG files: sample values as stored, or a reason why not. */
@NullMarked
package io.orrery.lab.data.picture;

import org.jspecify.annotations.NullMarked;

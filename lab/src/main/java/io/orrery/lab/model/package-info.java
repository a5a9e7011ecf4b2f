/** Classifiers: architectures, initializations and normalizations as graphs. */
@NullMarked
package io.orrery.lab.model;

import org.jspecify.annotations.NullMarked;

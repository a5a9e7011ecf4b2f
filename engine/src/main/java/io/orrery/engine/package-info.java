/**
 * Numbers: static graphs of array operations, their gradients, compiled plans, kernels, counter-based randomness and
 * workers. This package and those below it know nothing of learning and depend on nothing but the JDK.
 */
package io.orrery.engine;

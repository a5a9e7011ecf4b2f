package io.orrery.engine.plan;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Shape;

/** An array that an execution holds or is bound to. Calls refer to storages by their position in the plan's list. */
public sealed interface Storage {
    /** What the elements are. */
    ElementType type();

    /** Elements. */
    int length();

    /** Memory of intermediate results, shared by values whose lives do not overlap. */
    record Arena(ElementType type, int length) implements Storage {}

    /** Reals that live within one call, in its working memory: some rows or images at a time, laid out by each call anew. */
    record Local() implements Storage {
        @Override
        public ElementType type() {
            return ElementType.REAL;
        }

        @Override
        public int length() {
            return 0;
        }
    }

    /** Reals fixed by the graph; rounded to the plan's precision when bound. */
    record RealConstants(double[] values) implements Storage {
        @Override
        public ElementType type() {
            return ElementType.REAL;
        }

        @Override
        public int length() {
            return values.length;
        }
    }

    /** Integers fixed by the graph. */
    record IndexConstants(int[] values) implements Storage {
        @Override
        public ElementType type() {
            return ElementType.INDEX;
        }

        @Override
        public int length() {
            return values.length;
        }
    }

    /** A named array of the state. */
    record StateArray(String label, Shape shape) implements Storage {
        @Override
        public ElementType type() {
            return ElementType.REAL;
        }

        @Override
        public int length() {
            return shape.count();
        }
    }

    /** A value given from outside. */
    record InputArray(String label, Shape shape, ElementType type) implements Storage {
        @Override
        public int length() {
            return shape.count();
        }
    }
}

package io.orrery.lab.spec;

/** Where a piece of a spec was written, for messages. */
public sealed interface Origin {
    /** A place in a text; line and column count from 1. */
    record InText(String name, int line, int column) implements Origin {
        @Override
        public String toString() {
            return name + ":" + line + ":" + column;
        }
    }

    /** An override on the command line. */
    record Given(String argument) implements Origin {
        private static final int SHOWN = 120;

        @Override
        public String toString() {
            return argument.length() <= SHOWN ? argument : argument.substring(0, SHOWN) + "...";
        }
    }

    /** Nowhere: the value is a default of the document called {@code name}. */
    record Default(String name) implements Origin {
        @Override
        public String toString() {
            return name;
        }
    }
}

package io.orrery.lab.spec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The types that components of spec records may have, read from the records by reflection. A component of another type is
 * a mistake in the record and an {@link IllegalStateException}.
 */
public sealed interface ValueType {
    /** An int or a long. */
    record Whole(long smallest, long largest, Class<?> box) implements ValueType {
        static final Whole INT = new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.class);
        static final Whole LONG = new Whole(Long.MIN_VALUE, Long.MAX_VALUE, Long.class);

        Object box(long value) {
            return box == Integer.class ? (Object) Math.toIntExact(value) : (Object) value;
        }
    }

    /** A finite double. */
    record Real() implements ValueType {}

    /** A boolean. */
    record Flag() implements ValueType {}

    /** A String. */
    record Text() implements ValueType {}

    /** A name or a number, told apart: {@link io.orrery.lab.spec.Word}. */
    record Word() implements ValueType {}

    /** A constant of an enum. */
    record Named(List<Object> constants) implements ValueType {
        public List<String> names() {
            return constants.stream().map(Named::name).toList();
        }

        public static String name(Object constant) {
            return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Optional, OptionalInt, OptionalLong or OptionalDouble. */
    record Maybe(ValueType inner, Class<?> wrapper) implements ValueType {
        Object of(Object value) {
            if (wrapper == OptionalInt.class) {
                return OptionalInt.of((Integer) value);
            }
            if (wrapper == OptionalLong.class) {
                return OptionalLong.of((Long) value);
            }
            return wrapper == OptionalDouble.class ? OptionalDouble.of((Double) value) : Optional.of(value);
        }

        Object empty() {
            if (wrapper == OptionalInt.class) {
                return OptionalInt.empty();
            }
            if (wrapper == OptionalLong.class) {
                return OptionalLong.empty();
            }
            return wrapper == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty();
        }

        public static Optional<Object> value(Object wrapped) {
            return switch (wrapped) {
                case OptionalInt whole -> whole.isPresent() ? Optional.of(whole.getAsInt()) : Optional.empty();
                case OptionalLong whole -> whole.isPresent() ? Optional.of(whole.getAsLong()) : Optional.empty();
                case OptionalDouble real -> real.isPresent() ? Optional.of(real.getAsDouble()) : Optional.empty();
                case Optional<?> any -> any.map(value -> value);
                default -> throw new IllegalStateException("not an optional: " + wrapped.getClass());
            };
        }
    }

    /** A List. */
    record Several(ValueType inner) implements ValueType {}

    /** A record: a block of keys. */
    record Group(Class<?> type) implements ValueType {
        /** Reflection is slow and a class does not change: thousands of specs are bound before a large study begins. */
        private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
            @Override
            protected List<Field> computeValue(Class<?> type) {
                return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
            }
        };

        public List<Field> fields() {
            return FIELDS.get(type);
        }

        public Optional<String> about() {
            return Optional.ofNullable(type.getAnnotation(About.class)).map(About::value);
        }

        /** What the static method {@code defaults()} gives, if the record has one. */
        public Optional<Object> defaults() {
            try {
                Method method = type.getDeclaredMethod("defaults");
                method.setAccessible(true);
                return Optional.of(method.invoke(null));
            } catch (NoSuchMethodException without) {
                return Optional.empty();
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(type + ".defaults() cannot be called", broken);
            }
        }

        /**
         * Calls the canonical constructor.
         *
         * @throws RuntimeException what the constructor throws
         */
        Object construct(Object[] values) {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            try {
                var constructor = type.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(values);
            } catch (InvocationTargetException thrown) {
                if (thrown.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("the constructor of " + type + " failed", thrown);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(type + " cannot be constructed", broken);
            }
        }
    }

    /** A sealed interface: the value of a key says which of its records the block holds. */
    record Alternatives(String key, List<Option> options) implements ValueType {
        public List<String> names() {
            return options.stream().map(Option::name).toList();
        }

        public Optional<Option> option(String name) {
            return options.stream().filter(option -> option.name.equals(name)).findFirst();
        }

        public Option optionOf(Object value) {
            return options.stream()
                    .filter(option -> option.group.type() == value.getClass())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** One record of a sealed interface and the name that chooses it. */
    record Option(String name, Group group) {}

    /** A component of a record. */
    record Field(
            String name,
            ValueType type,
            boolean inline,
            boolean place,
            boolean aside,
            boolean later,
            Optional<String> about,
            Optional<String> oneOf,
            Method accessor) {
        static Field of(RecordComponent component) {
            boolean inline = component.isAnnotationPresent(Inline.class);
            ValueType type = ValueType.of(component.getGenericType(), component.toString());
            if (inline && !(type instanceof Group || type instanceof Alternatives)) {
                throw new IllegalStateException(component + " is @Inline but has no keys of its own");
            }
            return new Field(
                    component.getName(),
                    type,
                    inline,
                    component.isAnnotationPresent(Place.class),
                    component.isAnnotationPresent(Aside.class),
                    component.isAnnotationPresent(Later.class),
                    Optional.ofNullable(component.getAnnotation(About.class)).map(About::value),
                    Optional.ofNullable(component.getAnnotation(OneOf.class)).map(OneOf::value),
                    component.getAccessor());
        }

        /** This component of a record. */
        public Object read(Object owner) {
            try {
                accessor.setAccessible(true);
                return accessor.invoke(owner);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(name + " cannot be read", broken);
            }
        }
    }

    /** The type of a record. */
    static Group group(Class<? extends Record> type) {
        return new Group(type);
    }

    private static ValueType of(Type type, String where) {
        if (type instanceof ParameterizedType generic) {
            ValueType inner = of(generic.getActualTypeArguments()[0], where);
            if (generic.getRawType() == List.class) {
                return new Several(inner);
            }
            if (generic.getRawType() == Optional.class) {
                return new Maybe(inner, Optional.class);
            }
        }
        if (type instanceof Class<?> plain) {
            if (plain == int.class || plain == Integer.class) {
                return Whole.INT;
            }
            if (plain == long.class || plain == Long.class) {
                return Whole.LONG;
            }
            if (plain == double.class || plain == Double.class) {
                return new Real();
            }
            if (plain == boolean.class || plain == Boolean.class) {
                return new Flag();
            }
            if (plain == String.class) {
                return new Text();
            }
            if (plain == OptionalInt.class) {
                return new Maybe(Whole.INT, plain);
            }
            if (plain == OptionalLong.class) {
                return new Maybe(Whole.LONG, plain);
            }
            if (plain == OptionalDouble.class) {
                return new Maybe(new Real(), plain);
            }
            if (plain == io.orrery.lab.spec.Word.class) {
                return new Word();
            }
            if (plain.isEnum()) {
                return new Named(List.of(plain.getEnumConstants()));
            }
            if (plain.isRecord()) {
                return new Group(plain);
            }
            if (plain.isSealed()) {
                return alternatives(plain);
            }
        }
        throw new IllegalStateException("specs cannot hold " + type + " of " + where);
    }

    /** The records of a sealed interface. */
    static Alternatives alternatives(Class<?> type) {
        Choice choice = type.getAnnotation(Choice.class);
        if (choice == null) {
            throw new IllegalStateException(type + " needs @Choice to stand in a spec");
        }
        List<Option> options = new ArrayList<>();
        collect(type, options);
        return new Alternatives(choice.value(), List.copyOf(options));
    }

    private static void collect(Class<?> type, List<Option> options) {
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                collect(permitted, options);
                continue;
            }
            Kind kind = permitted.getAnnotation(Kind.class);
            if (kind == null || !permitted.isRecord()) {
                throw new IllegalStateException(permitted + " must be a record with @Kind to stand in a spec");
            }
            options.add(new Option(kind.value(), new Group(permitted)));
        }
    }
}

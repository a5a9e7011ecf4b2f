package io.orrery.lab.spec;

import io.orrery.lab.UserError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML into a {@link Tree}: one document, each key once, no tags, no cycles, few repetitions. */
public final class TreeReader {
    private static final int MOST_NESTED = 50;

    /** How much of a spec aliases may repeat: pieces and letters in all. */
    private static final int MOST_REPEATED = 20_000;

    private final Function<Optional<Mark>, Origin> origins;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int repeated;

    private TreeReader(Function<Optional<Mark>, Origin> origins) {
        this.origins = origins;
    }

    /** The tree of a text; an empty text is an empty block. */
    public static Tree read(String text, String name) {
        return new TreeReader(mark -> mark.<Origin>map(
                                at -> new Origin.InText(name, at.getLine() + 1, at.getColumn() + 1))
                        .orElse(new Origin.Default(name)))
                .tree(text);
    }

    /** The tree of a value on the command line; all its pieces come from that argument. */
    public static Tree read(String text, Origin origin) {
        return new TreeReader(_ -> origin).tree(text);
    }

    private Tree tree(String text) {
        LoadSettings settings =
                LoadSettings.builder().setAllowNonScalarKeys(true).build();
        List<Node> documents = new ArrayList<>();
        try {
            new Compose(settings).composeAllFromString(text).forEach(documents::add);
        } catch (MarkedYamlEngineException refused) {
            @Nullable String problem = refused.getProblem();
            throw new UserError(
                    origins.apply(refused.getProblemMark()) + ": this is not YAML: "
                            + (problem == null ? "it cannot be read" : problem),
                    refused);
        } catch (YamlEngineException refused) {
            throw new UserError(
                    origins.apply(Optional.empty()) + ": this is not YAML: "
                            + String.valueOf(refused.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    refused);
        } catch (StackOverflowError deep) {
            // The parser calls itself once or more for each bracket.
            throw new UserError(
                    origins.apply(Optional.empty()) + ": this is not a spec: its brackets are nested too deep", deep);
        }
        if (documents.isEmpty()) {
            return Tree.Block.empty(origins.apply(Optional.empty()));
        }
        if (documents.size() > 1) {
            throw new UserError(origins.apply(documents.get(1).getStartMark()) + ": expected one YAML document, found "
                    + documents.size() + "; remove the lines ---");
        }
        return tree(documents.getFirst(), 0);
    }

    private Tree tree(Node node, int depth) {
        Origin origin = origins.apply(node.getStartMark());
        if (depth > MOST_NESTED) {
            throw new UserError(origin + ": blocks are nested more than " + MOST_NESTED
                    + " deep; an alias (*name) may contain itself");
        }
        if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
            throw new UserError(origin + ": tags have no meaning in a spec, found "
                    + node.getTag().getValue());
        }
        bound(node, origin);
        return switch (node) {
            case ScalarNode scalar -> new Tree.Scalar(scalar.getValue(), !scalar.isPlain(), origin);
            case SequenceNode sequence -> {
                List<Tree> values = new ArrayList<>();
                sequence.getValue().forEach(value -> values.add(tree(value, depth + 1)));
                yield new Tree.Items(values, origin);
            }
            case MappingNode mapping -> block(mapping, origin, depth);
            default -> throw new UserError(origin + ": an alias points at nothing");
        };
    }

    /** A few aliases of aliases of aliases would fill any memory. */
    private void bound(Node node, Origin origin) {
        if (!seen.add(node)) {
            repeated +=
                    1 + (node instanceof ScalarNode scalar ? scalar.getValue().length() : 0);
        }
        if (repeated > MOST_REPEATED) {
            throw new UserError(origin + ": aliases (*name) repeat more than " + MOST_REPEATED
                    + " pieces of the spec; write out what is meant");
        }
    }

    private Tree.Block block(MappingNode mapping, Origin origin, int depth) {
        SequencedMap<String, Tree.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Origin keyOrigin = origins.apply(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new UserError(keyOrigin + ": a key must be a name");
            }
            Tree.Entry previous =
                    entries.put(key.getValue(), new Tree.Entry(keyOrigin, tree(tuple.getValueNode(), depth + 1)));
            if (previous != null) {
                throw new UserError(keyOrigin + ": the key '" + key.getValue() + "' stands twice, first at "
                        + previous.origin() + "; keep one");
            }
        }
        return new Tree.Block(entries, origin);
    }
}

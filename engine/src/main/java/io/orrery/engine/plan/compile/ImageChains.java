package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Elementwise;
import io.orrery.engine.graph.Pooling;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Product;
import io.orrery.engine.graph.Reduction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Last of the joinings: steps that work image by image and pass images on to each other become one, done for a few images at a
 * time. What is passed on is read while it is in the cache, and what nobody else reads has memory for those few images only.
 * Gradients of kernels that add up such images belong to it too: their sums go on from block to block.
 *
 * <p>A training step of a convolutional network whose loss is a sum over images becomes one chain, from the images to the
 * gradients of kernels; only dense layers' gradients and the updates come behind it.
 */
final class ImageChains {
    /** Images taken together: as many as lie side by side in the widest vectors. */
    private static final int BLOCK = 16;

    /** Smaller batches are better divided among workers by channels. */
    private static final int FEWEST = 2 * BLOCK;

    /** What weights of a dense layer may take of the second-level cache, through which they go again with every block. */
    private static final int SMALL_BYTES = 192 * 1024;

    private final Demand demand;
    private final Precision precision;

    private ImageChains(Demand demand, Precision precision) {
        this.demand = demand;
        this.precision = precision;
    }

    /** Images that the values of a chain have. */
    static int images(Step chain) {
        return images(chain.members().getFirst());
    }

    /** How many of them are taken together by each thread. */
    static int block(Step chain) {
        return Math.min(images(chain), BLOCK);
    }

    private static int images(Value value) {
        return value.shape().rank() > 1 ? value.shape().size(0) : 1;
    }

    static List<Step> joined(List<Step> steps, Demand demand, Precision precision) {
        ImageChains chains = new ImageChains(demand, precision);
        List<Step> done = new ArrayList<>();
        List<Step> rest = steps;
        while (!rest.isEmpty()) {
            Step first = rest.getFirst();
            List<Step> others = rest.subList(1, rest.size());
            Search search = new Search(first);
            if (chains.isImageStep(first) && images(first) >= FEWEST) {
                search = chains.search(first, others);
            }
            if (search.isWorthIt()) {
                done.addAll(search.before);
                done.add(Step.imageChain(search.links));
                rest = search.after;
            } else {
                done.add(first);
                rest = others;
            }
        }
        return done;
    }

    /** A chain that grows, and what is left before and behind it. */
    private static final class Search {
        private final int images;
        private final List<Step> links = new ArrayList<>();
        private final List<Step> before = new ArrayList<>();
        private final List<Step> after = new ArrayList<>();
        /** Images that links make. */
        private final Set<Value> made = new HashSet<>();
        /** What is there only behind the chain. */
        private final Set<Value> late = new HashSet<>();

        Search(Step first) {
            images = images(first);
            grow(first);
        }

        /** A product is handed to its chain by the links' own memory. */
        void grow(Step step) {
            if (step.isProductChain()) {
                links.add(Step.of(List.of(step.members().getFirst())));
                links.add(Step.of(step.members().subList(1, step.members().size())));
            } else {
                links.add(step);
            }
            made.addAll(step.members());
        }

        /** Elementwise steps have been joined as far as they can be, and large weights are not for blocks of few rows. */
        boolean isWorthIt() {
            return links.size() > 1
                    && links.stream().map(link -> link.members().getFirst()).anyMatch(Search::isOfPixels);
        }

        private static boolean isOfPixels(Value value) {
            return switch (value.operation()) {
                case Convolution _, Pooling _ -> true;
                case Reduction _ -> value.input(0).shape().rank() > 2;
                default -> false;
            };
        }
    }

    /** Looks for the last link, then sorts the steps up to it: behind it all stay as they are. */
    private Search search(Step first, List<Step> others) {
        int end = 0;
        Search all = new Search(first);
        for (int i = 0; i < others.size(); i++) {
            if (sort(all, others.get(i))) {
                end = i + 1;
            }
        }
        Search found = new Search(first);
        others.subList(0, end).forEach(step -> sort(found, step));
        found.after.addAll(others.subList(end, others.size()));
        return found;
    }

    /** Puts a step into the chain if it can be, else behind it if it must be, else before it. Says if it is in the chain. */
    private boolean sort(Search search, Step step) {
        boolean isLink = canFollow(search, step);
        if (isLink && isContinuable(step)) {
            search.links.add(step);
            search.late.addAll(step.members());
        } else if (isLink) {
            search.grow(step);
        } else if (reads(step, search.made) || reads(step, search.late)) {
            search.after.add(step);
            search.late.addAll(step.members());
        } else {
            search.before.add(step);
        }
        return isLink;
    }

    private boolean canFollow(Search search, Step step) {
        if (!reads(step, search.made) || reads(step, search.late)) {
            return false;
        }
        Value first = step.members().getFirst();
        boolean isSum = isContinuable(step);
        boolean isOfItsImages = images(isSum ? first.input(0) : first) == search.images;
        return isOfItsImages
                && (isSum || isImageStep(step))
                && step.members().stream().allMatch(member -> readsByImage(member, search));
    }

    /** Whether what a value reads of the chain are images, each read for the result's image of that number. */
    private boolean readsByImage(Value reader, Search search) {
        boolean takesKernel = reader.operation() instanceof Product
                || reader.operation() instanceof Convolution.Forward
                || reader.operation() instanceof Convolution.InputGradient;
        List<View> operands = demand.operandsOf(reader);
        for (int i = 0; i < operands.size(); i++) {
            View view = operands.get(i);
            boolean isByImage = view.isWhole()
                    && images(view.source()) == search.images
                    && !(takesKernel && i == 1)
                    && !(reader.operation() instanceof Elementwise && view.length() != reader.count());
            if (search.made.contains(view.source()) && !isByImage) {
                return false;
            }
        }
        return true;
    }

    private boolean reads(Step step, Set<Value> values) {
        return step.members().stream()
                .flatMap(member -> demand.operandsOf(member).stream())
                .anyMatch(view -> values.contains(view.source()));
    }

    /** Whether the step is a sum over images that can go on from block to block. */
    private static boolean isContinuable(Step step) {
        Value value = step.members().getFirst();
        return value.operation() instanceof Convolution.KernelGradient gradient
                && !gradient.window()
                        .covers(
                                value.input(0).shape().size(2),
                                value.input(0).shape().size(3));
    }

    /** Whether the first axis of the step's values counts images of which each is computed from its own operands. */
    private boolean isImageStep(Step step) {
        Value first = step.members().getFirst();
        return switch (first.operation()) {
            case Convolution.Forward _, Convolution.InputGradient _ -> true;
            case Pooling.WindowSum _, Pooling.WindowSpread _ -> true;
            case Pooling.MaximumPositions _ -> step.members().size() > 1;
            case Reduction.Sum sum -> sum.axes().toArray()[0] > 0;
            case Product.Matmul matmul -> !matmul.transposeLeft() && isSmall(first.input(1)) && hasSameImages(step);
            case Elementwise _ -> first.shape().rank() > 1 && hasSameImages(step);
            default -> false;
        };
    }

    /** Whether weights stay in the cache from block to block. */
    private boolean isSmall(Value weights) {
        return (long) weights.count() * precision.bytes() <= SMALL_BYTES;
    }

    /** Elementwise steps may have members of several shapes; those of a pooling follow its positions. */
    private static boolean hasSameImages(Step step) {
        return step.members().stream().allMatch(member -> images(member) == images(step));
    }
}

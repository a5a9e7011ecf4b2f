package io.orrery.engine.device.cpu;

import io.orrery.engine.kernel.ConvolutionSizes;
import io.orrery.engine.kernel.FloatConvolution;
import io.orrery.engine.kernel.FloatTranspose;
import io.orrery.engine.kernel.PoolingSizes;
import io.orrery.engine.plan.Buffer;
import io.orrery.engine.plan.Call;
import io.orrery.engine.worker.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * An image chain bound to arrays. In each round the links that work image by image are done by parts that have some images
 * each; they wait for each other only before and behind the gradients of kernels, of which every part adds the images of all
 * parts to entries of its own.
 */
final class FloatImageChain implements FloatStep {
    private final Call.ImageChain call;
    private final FloatMemory memory;
    private final float[] scratch;
    private final Workers workers;
    private final Rounds rounds;
    private final FloatChainScratch layout;
    private final Workers.Task packing = this::pack;
    private final Workers.Task[] stages;
    private int first;
    private int images;

    /**
     * Binds a chain.
     *
     * @param scratch of {@link #scratchLength}
     * @param workers who share the blocks
     * @param isDivided whether they do, or the caller does all
     */
    FloatImageChain(Call.ImageChain call, FloatMemory memory, float[] scratch, Workers workers, boolean isDivided) {
        this.call = call;
        this.memory = memory;
        this.scratch = scratch;
        this.workers = workers;
        this.rounds = new Rounds(call.images(), call.block(), isDivided ? workers.threads() : 1);
        this.layout = new FloatChainScratch(call, rounds.parts());
        List<Workers.Task> found = new ArrayList<>();
        List<Integer> byImage = new ArrayList<>();
        for (int i = 0; i < call.calls().size(); i++) {
            if (isKernelGradient(call.calls().get(i))) {
                addByImage(byImage, found);
                found.add(new KernelGradient(i));
            } else {
                byImage.add(i);
            }
        }
        addByImage(byImage, found);
        this.stages = found.toArray(Workers.Task[]::new);
    }

    /** Elements of scratch memory for all threads together. */
    static int scratchLength(Call.ImageChain chain, int threads) {
        return new FloatChainScratch(chain, threads).length();
    }

    @Override
    public void run(int part, int parts) {
        share(packing);
        for (first = 0; first < call.images(); first += rounds.length()) {
            images = Math.min(rounds.length(), call.images() - first);
            for (Workers.Task stage : stages) {
                share(stage);
            }
        }
    }

    private void share(Workers.Task task) {
        if (rounds.parts() > 1) {
            workers.run(task);
        } else {
            task.run(0, 1);
        }
    }

    private void pack(int part, int parts) {
        for (int i = part; i < call.calls().size(); i += parts) {
            Call link = call.calls().get(i);
            if (!layout.keeps(i) || isKernelGradient(link)) {
                continue;
            }
            if (link instanceof Call.Convolve convolve) {
                float[] kernel = memory.reals(convolve.second());
                int kernelAt = memory.offset(convolve.second());
                FloatConvolution.packKernel(convolve.sizes(), kernel, kernelAt, scratch, layout.keptAt(i, 0));
            } else if (link instanceof Call.Multiply product) {
                float[] right = memory.reals(product.right());
                int rightAt = memory.offset(product.right());
                int n = product.n();
                int k = product.k();
                FloatTranspose.transpose(n, k, right, rightAt, k, scratch, layout.keptAt(i, 0), n);
            }
        }
    }

    private static boolean isKernelGradient(Call link) {
        return link instanceof Call.Convolve convolve && convolve.kind() == Call.ConvolutionKind.KERNEL_GRADIENT;
    }

    private void addByImage(List<Integer> links, List<Workers.Task> to) {
        if (!links.isEmpty()) {
            to.add(new ByImage(List.copyOf(links)));
            links.clear();
        }
    }

    /** Links that each part runs through with its images, bound for every number of them. */
    private final class ByImage implements Workers.Task {
        private final FloatLink[][] links = new FloatLink[call.block() + 1][];

        ByImage(List<Integer> numbers) {
            for (int count : rounds.shares()) {
                links[count] = numbers.stream().map(i -> bind(i, count)).toArray(FloatLink[]::new);
            }
        }

        @Override
        public void run(int part, int parts) {
            int from = rounds.begin(images, part);
            int count = rounds.begin(images, part + 1) - from;
            if (count > 0) {
                for (FloatLink link : links[count]) {
                    link.run(first + from, layout.localsAt(part), layout.workAt(part));
                }
            }
        }
    }

    /** The gradient in a kernel, summed over all parts' images round for round. */
    private final class KernelGradient implements Workers.Task {
        private final int link;
        private final ConvolutionSizes[] sizes = new ConvolutionSizes[call.block() + 1];
        private final FloatLink.Place from;
        private final FloatLink.Place gradient;
        private final float[] to;
        private final int toAt;

        KernelGradient(int link) {
            Call.Convolve convolve = (Call.Convolve) call.calls().get(link);
            this.link = link;
            this.from = place(convolve.first());
            this.gradient = place(convolve.second());
            this.to = memory.reals(convolve.to());
            this.toAt = memory.offset(convolve.to());
            for (int count : rounds.shares()) {
                sizes[count] = convolve.sizes().withBatch(count);
            }
        }

        @Override
        public void run(int part, int parts) {
            for (int maker = 0; maker < parts; maker++) {
                int image = first + rounds.begin(images, maker);
                int end = first + rounds.begin(images, maker + 1);
                if (image < end) {
                    FloatConvolution.addKernelGradient(
                            sizes[end - image],
                            from.array(),
                            from.at(image, layout.localsAt(maker)),
                            gradient.array(),
                            gradient.at(image, layout.localsAt(maker)),
                            to,
                            toAt,
                            scratch,
                            layout.keptAt(link, part),
                            layout.workAt(part),
                            image == 0,
                            end == call.images(),
                            part,
                            parts);
                }
            }
        }
    }

    private FloatLink bind(int number, int count) {
        return switch (call.calls().get(number)) {
            case Call.Fused fused ->
                new FloatLink.Chain(new FloatProgram(fused, memory, scratch), count, fused.length() / call.images());
            case Call.Convolve convolve -> {
                ConvolutionSizes sizes = convolve.sizes().withBatch(count);
                boolean isPacked = layout.keeps(number);
                float[] kernel = isPacked ? scratch : memory.reals(convolve.second());
                int kernelAt = isPacked ? layout.keptAt(number, 0) : memory.offset(convolve.second());
                FloatLink.Place from = place(convolve.first());
                FloatLink.Place to = place(convolve.to());
                yield convolve.kind() == Call.ConvolutionKind.FORWARD
                        ? new FloatLink.Forward(sizes, from, kernel, kernelAt, to, scratch)
                        : new FloatLink.InputGradient(sizes, from, kernel, kernelAt, to, scratch);
            }
            case Call.Multiply product -> {
                boolean isTransposed = layout.keeps(number);
                yield new FloatLink.Rows(
                        count,
                        product.n(),
                        product.k(),
                        place(product.left()),
                        isTransposed ? scratch : memory.reals(product.right()),
                        isTransposed ? layout.keptAt(number, 0) : memory.offset(product.right()),
                        place(product.to()),
                        scratch);
            }
            case Call.Sum sum ->
                new FloatLink.Sum(
                        sum.outer() / call.images() * count,
                        sum.count(),
                        sum.inner(),
                        place(sum.from()),
                        place(sum.to()));
            case Call.Pool pool -> {
                PoolingSizes sizes = sizes(pool.sizes(), count);
                yield pool.kind() == Call.PoolingKind.WINDOW_SUM
                        ? new FloatLink.WindowSum(sizes, place(pool.from()), place(pool.to()))
                        : new FloatLink.WindowSpread(sizes, place(pool.from()), place(pool.to()));
            }
            case Call.MaximumPool pool ->
                new FloatLink.MaximumPool(
                        sizes(pool.sizes(), count),
                        pool.relu() ? 0 : Float.NEGATIVE_INFINITY,
                        place(pool.from()),
                        indexPlace(pool.positions()),
                        place(pool.to()));
            case Call.MaximumSpread spread ->
                new FloatLink.MaximumSpread(
                        sizes(spread.sizes(), count),
                        place(spread.values()),
                        place(spread.mask()),
                        indexPlace(spread.positions()),
                        place(spread.to()));
            case Call other -> throw new IllegalStateException("does not work image by image: " + other);
        };
    }

    private PoolingSizes sizes(PoolingSizes all, int count) {
        return new PoolingSizes(all.planes() / call.images() * count, all.height(), all.width(), all.window());
    }

    private FloatLink.Place place(Buffer buffer) {
        int imageLength = buffer.length() / call.images();
        return buffer.isLocal()
                ? new FloatLink.Place(scratch, buffer.offset(), imageLength, true)
                : new FloatLink.Place(memory.reals(buffer), memory.offset(buffer), imageLength, false);
    }

    private FloatLink.IndexPlace indexPlace(Buffer buffer) {
        return new FloatLink.IndexPlace(memory.indices(buffer), memory.offset(buffer), buffer.length() / call.images());
    }
}

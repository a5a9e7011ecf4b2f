package io.orrery.engine.plan;

import io.orrery.engine.graph.Elementwise;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as text for people. */
final class Description {
    private Description() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d calls, %,d FLOPs, arena %,d bytes, %s%s%n",
                plan.calls().size(),
                plan.flops(),
                plan.arenaBytes(),
                plan.precision().name().toLowerCase(Locale.ROOT),
                plan.writesState() ? ", writes the state" : ""));
        for (int i = 0; i < plan.storages().size(); i++) {
            Storage storage = plan.storages().get(i);
            if (storage.length() > 0) {
                text.append(String.format(Locale.ROOT, "s%d  %s%n", i, storage(storage)));
            }
        }
        for (int i = 0; i < plan.calls().size(); i++) {
            Call call = plan.calls().get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%3d  %,12d FLOPs %,12d bytes  %s%n",
                    i,
                    call.flops(),
                    Accesses.elements(call) * plan.precision().bytes(),
                    call(call)));
        }
        plan.outputs()
                .forEach((label, output) -> text.append(
                        String.format(Locale.ROOT, "output %s %s at %s%n", label, output.shape(), output.buffer())));
        Traffic traffic = plan.traffic();
        text.append(String.format(
                Locale.ROOT,
                "moves %,d bytes, %.2f times the minimum of %,d%n",
                traffic.moved(),
                traffic.ratio(),
                traffic.minimum()));
        return text.toString();
    }

    private static String storage(Storage storage) {
        return switch (storage) {
            case Storage.Arena arena ->
                "arena of " + arena.type().name().toLowerCase(Locale.ROOT) + " " + arena.length();
            case Storage.Local _ -> "local";
            case Storage.RealConstants constants -> "real constants " + constants.length();
            case Storage.IndexConstants constants -> "index constants " + constants.length();
            case Storage.StateArray state -> "state " + state.label() + " " + state.shape();
            case Storage.InputArray input -> "input " + input.label() + " " + input.shape();
        };
    }

    private static String call(Call call) {
        return switch (call) {
            case Call.Fused fused -> chain(fused);
            case Call.ProductChain product ->
                String.format(
                        Locale.ROOT,
                        "product %d x %d over %d of %s%s and %s, handed to %s",
                        product.m(),
                        product.n(),
                        product.k(),
                        product.left(),
                        product.transposeLeft() ? " transposed" : "",
                        product.right(),
                        chain(product.chain()));
            case Call.ImageChain chain ->
                chain.block() + " of " + chain.images() + " images at a time: "
                        + chain.calls().stream().map(Description::call).collect(Collectors.joining(" | "));
            default -> call.toString();
        };
    }

    private static String chain(Call.Fused fused) {
        return "fused " + fused.length() + " by " + fused.block() + ": "
                + fused.instructions().stream().map(Description::instruction).collect(Collectors.joining("; "));
    }

    private static String instruction(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Expand expand ->
                operand(expand.to()) + " = expand" + (expand.once() ? "-once " : " ") + expand.from() + "/"
                        + expand.inner();
            case Instruction.ScaledSum sum ->
                operand(sum.to()) + " = " + operand(sum.addend())
                        + (sum.kind() == Instruction.ScaledSum.Kind.SUBTRACT ? " - " : " + ") + operand(sum.factor())
                        + " * " + operand(sum.scale())
                        + (sum.kind() == Instruction.ScaledSum.Kind.FUSED ? ", fused" : "");
            case Instruction.Descent descent ->
                "descend: weight " + operand(descent.weight()) + ", gradient " + operand(descent.gradient())
                        + ", velocity " + operand(descent.velocity())
                        + descent.decay()
                                .map(decay -> ", decay " + operand(decay))
                                .orElse("")
                        + ", momentum " + operand(descent.momentum()) + ", minus rate " + operand(descent.minusRate());
            case Instruction.Apply apply ->
                operand(apply.to()) + " = " + name(apply.operation())
                        + apply.operands().stream().map(Description::operand).toList();
        };
    }

    private static String operand(Instruction.Operand operand) {
        return switch (operand) {
            case Instruction.Operand.Register register -> "r" + register.number();
            case Instruction.Operand.Elements elements -> elements.buffer().toString();
            case Instruction.Operand.Scalar scalar -> "scalar " + scalar.buffer();
        };
    }

    private static String name(Elementwise operation) {
        return operation.name();
    }
}

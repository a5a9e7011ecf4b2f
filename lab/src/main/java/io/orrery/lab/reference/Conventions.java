package io.orrery.lab.reference;

import java.util.List;

/** What our quantities mean exactly, beside what PyTorch and published code mean by them: printed in every report. */
public final class Conventions {
    private Conventions() {}

    /**
     * One convention.
     *
     * @param quantity what it is about
     * @param here our definition
     * @param elsewhere how to get the same in PyTorch or from published code
     */
    public record Convention(String quantity, String here, String elsewhere) {}

    private static final List<Convention> ALL = List.of(
            new Convention(
                    "square loss",
                    "mean over examples of the sum over outputs of (g - y)^2, no half; loss.reduction: mean divides by the outputs, loss.half by two",
                    "MSELoss averages over examples and outputs: ours is MSELoss times the number of outputs; with reduction: mean they are equal"),
            new Convention(
                    "cross-entropy",
                    "mean over examples of -log softmax(g)[y], natural logarithm",
                    "CrossEntropyLoss()"),
            new Convention(
                    "objective",
                    "loss + lambda ||W||^2 over the decaying parameters",
                    "no counterpart: PyTorch reports the loss alone"),
            new Convention(
                    "weight decay",
                    "lambda multiplies the squared norm: gradient 2 lambda W; decay.convention: framework makes it lambda W",
                    "weight_decay = 2 lambda"),
            new Convention(
                    "what decays",
                    "weights only, not biases or batch-norm scales; decay.applies: all changes it; decay.perLayer gives each layer its own lambda; under frobenius normalization rho alone",
                    "weight_decay acts on all parameters of its group: use a group for the weights"),
            new Convention(
                    "momentum",
                    "v = m v + g, w = w - rate v; Nesterov w = w - rate (g + m v); coupled decay enters g",
                    "SGD(momentum=m, dampening=0, nesterov=...)"),
            new Convention(
                    "AdamW",
                    "decay acts on the weights by rate times the decay factor, beside the update",
                    "AdamW(weight_decay=factor)"),
            new Convention(
                    "batch norm",
                    "eps 1e-5, running = 0.9 old + 0.1 new, biased variance in the batch, unbiased in the running one",
                    "BatchNorm defaults (momentum=0.1)"),
            new Convention(
                    "margins",
                    "g[y] - max of the other outputs; y g for a single output; normalized: divided by rho",
                    "for two outputs equal to y (g_0 - g_1) of the published code"),
            new Convention(
                    "rho",
                    "product of the layers' Frobenius norms (times the scale under frobenius normalization)",
                    "product of weight.norm() over layers"),
            new Convention(
                    "NC1",
                    "tr(Sigma_W Sigma_B^+) / K, pseudo-inverse from the top K - 1 eigenpairs, global mean = unweighted mean of class means",
                    "the authors' code omits 1/K: compare it with nc1-raw"),
            new Convention("NC2 equal norms", "sample deviation (K - 1) over mean", "torch.std(norms) / norms.mean()"),
            new Convention(
                    "NC2 equal angles",
                    "population deviation of the cosines of all pairs",
                    "torch.std(cosines, correction=0)"),
            new Convention(
                    "NC3 self-duality",
                    "||W/||W|| - M/||M|| ||^2, raw and with the rows' mean taken from W (centred)",
                    "the authors' code gives the raw one, which is never below 2 - 2 ||PW||/||W||, P taking the mean row away (self-duality-floor): 2 - 2 sqrt((K - 1)/K) if rows are orthogonal"),
            new Convention(
                    "NC4",
                    "share of examples whose decision is not the nearest class mean of the training probe",
                    "the authors' 'NCC mismatch'"),
            new Convention(
                    "rank",
                    "singular values above 1e-3 of the Frobenius norm; kernels as [output channels, input channels * ky * kx]",
                    "(svdvals(W / W.norm()) > 1e-3).sum()"),
            new Convention(
                    "gradient",
                    "of the objective over the training probe, decay included; per layer the data gradient alone",
                    "p.grad holds no decay: PyTorch adds it inside the optimizer"),
            new Convention(
                    "update",
                    "mean over the batches of one epoch of the norm of the gradient with decay, all at the parameters of the look",
                    "norm of p.grad + weight_decay * p: the step of SGD(momentum=0) divided by its rate"),
            new Convention(
                    "evaluation",
                    "all measurements in evaluation mode: dropout off, batch-norm statistics frozen",
                    "model.eval()"));

    /** All conventions, in the order of the report. */
    public static List<Convention> all() {
        return ALL;
    }
}

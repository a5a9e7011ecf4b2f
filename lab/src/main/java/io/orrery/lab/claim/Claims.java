package io.orrery.lab.claim;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.boltzmann.BeliefNetworks;
import io.orrery.lab.claim.bounds.BoundsOrder;
import io.orrery.lab.claim.bounds.BoundsTrackError;
import io.orrery.lab.claim.bounds.ConvolutionBeatsDense;
import io.orrery.lab.claim.bounds.RandomLabelsRaiseRho;
import io.orrery.lab.claim.bounds.SparseBoundHolds;
import io.orrery.lab.claim.bounds.UtilityProbability;
import io.orrery.lab.claim.capacity.Overparameterization;
import io.orrery.lab.claim.capacity.RandomLabelsAreFitted;
import io.orrery.lab.claim.collapse.BiasMakesSimplex;
import io.orrery.lab.claim.collapse.CentralPath;
import io.orrery.lab.claim.collapse.CollapseInAllFour;
import io.orrery.lab.claim.collapse.CollapseNeedsItsIngredients;
import io.orrery.lab.claim.collapse.DeepLinearCollapse;
import io.orrery.lab.claim.collapse.DeepLinearMinimizers;
import io.orrery.lab.claim.collapse.FreeFeaturesInClosedForm;
import io.orrery.lab.claim.collapse.LastLayerCollapseUnderCrossEntropy;
import io.orrery.lab.claim.collapse.LayerBalanceLaw;
import io.orrery.lab.claim.collapse.LayerwiseCollapse;
import io.orrery.lab.claim.collapse.LowRankBias;
import io.orrery.lab.claim.collapse.NeuralCollapse;
import io.orrery.lab.claim.collapse.NoiseFloor;
import io.orrery.lab.claim.collapse.NoiseHelpsGeneralization;
import io.orrery.lab.claim.collapse.RankRecursionBound;
import io.orrery.lab.claim.collapse.SgdNoise;
import io.orrery.lab.claim.collapse.WeightActivationDuality;
import io.orrery.lab.claim.compression.DistilledStudent;
import io.orrery.lab.claim.continual.LinearContinual;
import io.orrery.lab.claim.data.QualityAgainstQuantity;
import io.orrery.lab.claim.expressivity.RationalActivations;
import io.orrery.lab.claim.expressivity.RegionsOnManifolds;
import io.orrery.lab.claim.expressivity.SquareRootMemorization;
import io.orrery.lab.claim.grokking.GrokkingLinear;
import io.orrery.lab.claim.information.BayesLimit;
import io.orrery.lab.claim.information.LayerInformationBounds;
import io.orrery.lab.claim.kernels.ConvolutionalKernelMachine;
import io.orrery.lab.claim.kernels.DeepKernelMachines;
import io.orrery.lab.claim.kernels.DeepRandomFeatureRisk;
import io.orrery.lab.claim.kernels.InfiniteWidthKernels;
import io.orrery.lab.claim.kernels.LocalKernelCurves;
import io.orrery.lab.claim.kernels.RandomFeatures;
import io.orrery.lab.claim.landscape.DropoutStability;
import io.orrery.lab.claim.landscape.LinearModeConnectivity;
import io.orrery.lab.claim.plasticity.LossOfPlasticity;
import io.orrery.lab.claim.regression.FilterIsRecovered;
import io.orrery.lab.claim.regression.LinearSplineOfDecay;
import io.orrery.lab.claim.rho.DecayRescuesLargeScale;
import io.orrery.lab.claim.rho.QuasiInterpolation;
import io.orrery.lab.claim.rho.RhoEquilibrium;
import io.orrery.lab.claim.rho.RhoRelaxation;
import io.orrery.lab.claim.rho.ScaleForgottenWithDecay;
import io.orrery.lab.claim.rho.ScaleRememberedWithoutDecay;
import io.orrery.lab.claim.rho.SphereInvariance;
import io.orrery.lab.claim.rules.AbsoluteDecayIsSparse;
import io.orrery.lab.claim.rules.BonusGrowsMargins;
import io.orrery.lab.claim.rules.CompanionsSpeedDeepNetworks;
import io.orrery.lab.claim.rules.DropoutNarrowsTheGap;
import io.orrery.lab.claim.rules.EarlyLearningKept;
import io.orrery.lab.claim.rules.FeedbackAligns;
import io.orrery.lab.claim.rules.LayersCollaborate;
import io.orrery.lab.claim.rules.NoiseTrainsDeepNetworks;
import io.orrery.lab.claim.rules.NormsOfDescent;
import io.orrery.lab.claim.rules.SmoothLabelsCluster;
import io.orrery.lab.claim.signal.BatchnormAnyDepth;
import io.orrery.lab.claim.signal.EdgeOfChaosInit;
import io.orrery.lab.claim.signal.FiniteWidthCriticality;
import io.orrery.lab.claim.signal.ShapedAttention;
import io.orrery.lab.claim.similarity.ConvergentUnits;
import io.orrery.lab.claim.stopping.NeuralPersistence;
import io.orrery.lab.claim.transfer.PretrainedTrunk;
import io.orrery.lab.claim.transformer.TransformerCore;
import io.orrery.lab.claim.transformer.TransformerInit;
import io.orrery.lab.text.Nearest;
import java.util.List;

/** The registry: every claim has one line here. */
public final class Claims {
    private static final List<Claim> ALL = List.of(
            new RhoRelaxation(),
            new SphereInvariance(),
            new RhoEquilibrium(),
            new ScaleForgottenWithDecay(),
            new ScaleRememberedWithoutDecay(),
            new DecayRescuesLargeScale(),
            new QuasiInterpolation(),
            new RandomLabelsRaiseRho(),
            new LayerBalanceLaw(),
            new WeightActivationDuality(),
            new SgdNoise(),
            new NoiseFloor(),
            new RankRecursionBound(),
            new LowRankBias(),
            new FreeFeaturesInClosedForm(),
            new DeepLinearCollapse(),
            new DeepLinearMinimizers(),
            new BiasMakesSimplex(),
            new NeuralCollapse(),
            new LayerwiseCollapse(),
            new CentralPath(),
            new BoundsOrder(),
            new BoundsTrackError(),
            new SparseBoundHolds(),
            new CollapseNeedsItsIngredients(),
            new CollapseInAllFour(),
            new LastLayerCollapseUnderCrossEntropy(),
            new ConvolutionBeatsDense(),
            new NoiseHelpsGeneralization(),
            new NoiseTrainsDeepNetworks(),
            new FeedbackAligns(),
            new AbsoluteDecayIsSparse(),
            new DropoutNarrowsTheGap(),
            new CompanionsSpeedDeepNetworks(),
            new LayersCollaborate(),
            new BonusGrowsMargins(),
            new NormsOfDescent(),
            new EarlyLearningKept(),
            new DistilledStudent(),
            new SmoothLabelsCluster(),
            new LinearContinual(),
            new EdgeOfChaosInit(),
            new BayesLimit(),
            new TransformerCore(),
            new TransformerInit(),
            new LocalKernelCurves(),
            new DeepRandomFeatureRisk(),
            new RegionsOnManifolds(),
            new RationalActivations(),
            new SquareRootMemorization(),
            new FiniteWidthCriticality(),
            new LayerInformationBounds(),
            new BatchnormAnyDepth(),
            new LossOfPlasticity(),
            new PretrainedTrunk(),
            new InfiniteWidthKernels(),
            new RandomFeatures(),
            new DeepKernelMachines(),
            new ConvolutionalKernelMachine(),
            new BeliefNetworks(),
            new ShapedAttention(),
            new GrokkingLinear(),
            new LinearSplineOfDecay(),
            new FilterIsRecovered(),
            new QualityAgainstQuantity(),
            new RandomLabelsAreFitted(),
            new Overparameterization(),
            new LinearModeConnectivity(),
            new DropoutStability(),
            new NeuralPersistence(),
            new ConvergentUnits(),
            new UtilityProbability());

    private Claims() {}

    /** All claims in the order of reports. */
    public static List<Claim> all() {
        return ALL;
    }

    /** The families of all claims, in the order of their names. */
    public static List<String> families() {
        return ALL.stream().map(Claim::family).distinct().sorted().toList();
    }

    /**
     * The claims of a family.
     *
     * @throws UserError if there is none, with the nearest
     */
    public static List<Claim> ofFamily(String name) {
        if (!families().contains(name)) {
            throw new UserError("there is no family of claims '" + name + "'; " + Nearest.hint(name, families()));
        }
        return ALL.stream().filter(claim -> claim.family().equals(name)).toList();
    }

    /**
     * A claim by its id.
     *
     * @throws UserError if there is none, with the nearest
     */
    public static Claim named(String id) {
        return ALL.stream()
                .filter(claim -> claim.card().id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new UserError("there is no claim '" + id + "'; " + meant(id) + "'orrery claims' shows all"));
    }

    /** A claim by the number of a prediction that it judges, as P12, or by the nearest name; nothing if none is near. */
    private static String meant(String id) {
        return ALL.stream()
                .filter(claim -> claim.card().predictions().stream().anyMatch(id::equalsIgnoreCase))
                .map(claim -> claim.card().id())
                .findFirst()
                .or(() -> Nearest.to(
                        id, ALL.stream().map(claim -> claim.card().id()).toList()))
                .map(near -> "did you mean '" + near + "'? ")
                .orElse("");
    }
}

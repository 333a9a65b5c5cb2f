using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer;

/// <summary>
/// Makes the payload of the question for a prior. One question for all partitions: the front runs through them, and one answer costs less.
/// </summary>
internal static class PriorPayloads
{
    /// <summary>Most rules that are kept.</summary>
    public const int MaxRules = 32;

    /// <summary>Most vetoes that are kept.</summary>
    public const int MaxAvoid = 8;

    // 24 cells, 32 rules with bounds and 8 vetoes take under 110 tokens each.
    private const int MaxOutputTokens = 7168;

    /// <summary>The question of a run.</summary>
    public static Question<PriorPayload> Ask(RunContext context) => new(
        PromptTemplate.Prior,
        Create(context),
        SeededRandom.For(context.Request.Seed, "prior").Next(),
        MaxOutputTokens);

    private static PriorPayload Create(RunContext context) => new(
        PromptTemplate.Prior.Name,
        PayloadParts.Space(context.Space),
        [.. context.Map.Plans.Select(plan => new PriorPartitionPayload(plan.Id, plan.Rule, context.Map.Bounds[plan.Id], plan.Size))],
        PayloadParts.Objective(context),
        SearchPayloads.Device(context),
        new ConstraintsPayload(context.Request.MaxLatencyMs, context.Request.MaxParamsM),
        context.Request.MaxLabels,
        CellTraits.For(context.Space).Names,
        AccuracyPrior.MaxRanked,
        MaxRules,
        MaxAvoid);
}

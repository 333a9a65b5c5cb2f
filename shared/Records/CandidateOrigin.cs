namespace PelNas.Shared.Records;

/// <summary>How a candidate came about.</summary>
public static class CandidateOrigin
{
    /// <summary>Drawn for the first population of a partition.</summary>
    public const string Seed = "seed";

    /// <summary>Named by the prior for the first population of a partition.</summary>
    public const string Prior = "prior";

    /// <summary>Bred by the proposer from two parents.</summary>
    public const string Crossover = "crossover";

    /// <summary>Bred by the proposer from one parent.</summary>
    public const string Mutation = "mutation";

    /// <summary>Filled in by the plain operators where the proposer fell short.</summary>
    public const string Operator = "operator";

    /// <summary>Added by the predictor, which looks through the whole partition.</summary>
    public const string Predictor = "predictor";
}

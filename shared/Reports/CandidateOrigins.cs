using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>The candidates of a search by who brought them.</summary>
/// <param name="Seeds">Of the seed population.</param>
/// <param name="Operators">Of the plain operators, which stand in where the proposer or the predictor falls short.</param>
/// <param name="Predictor">Found by the predictor's own look through the partitions.</param>
/// <param name="Prior">Of the seed population, named by the prior.</param>
public sealed record CandidateOrigins(int Seeds, int Proposer, int Operators, int Predictor, int Prior = 0)
{
    /// <summary>All candidates.</summary>
    public int All => Seeds + Proposer + Operators + Predictor + Prior;

    /// <summary>Counts the candidates of a run.</summary>
    public static CandidateOrigins Of(RunContent content)
    {
        string?[] origins = [.. content.Partitions.SelectMany(partition => partition.Candidates).Select(candidate => candidate.Origin)];
        int seeds = origins.Count(origin => origin == CandidateOrigin.Seed);
        int operators = origins.Count(origin => origin == CandidateOrigin.Operator);
        int predictor = origins.Count(origin => origin == CandidateOrigin.Predictor);
        int prior = origins.Count(origin => origin == CandidateOrigin.Prior);
        return new CandidateOrigins(seeds, origins.Length - seeds - operators - predictor - prior, operators, predictor, prior);
    }

    /// <summary>The counts in words.</summary>
    public string Describe() =>
        $"{(Prior > 0 ? $"{Prior:N0} by the prior, " : "")}{Seeds:N0} seeds, {Proposer:N0} by the proposer, {Operators:N0} by plain "
            + $"operators, {Predictor:N0} by the predictor";
}

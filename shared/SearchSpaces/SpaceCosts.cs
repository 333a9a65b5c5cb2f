namespace PelNas.Shared.SearchSpaces;

/// <summary>What the architectures of a space cost, by index.</summary>
/// <param name="ParamsM">Trainable parameters in millions, or null where nobody knows them.</param>
/// <param name="FlopsM">Multiply-accumulates of one inference in millions, or null.</param>
/// <param name="Complexity">What partitions by complexity go by.</param>
/// <param name="ComplexityUnit">What that counts.</param>
public sealed record SpaceCosts(
    IReadOnlyList<double>? ParamsM, IReadOnlyList<double>? FlopsM, IReadOnlyList<double> Complexity, string ComplexityUnit)
{
    /// <summary>These costs and those of the architectures after them.</summary>
    internal SpaceCosts Then(SpaceCosts further) => this with
    {
        ParamsM = Join(ParamsM, further.ParamsM),
        FlopsM = Join(FlopsM, further.FlopsM),
        Complexity = [.. Complexity, .. further.Complexity],
    };

    private static double[]? Join(IReadOnlyList<double>? first, IReadOnlyList<double>? second)
        => first is null || second is null ? null : [.. first, .. second];
}

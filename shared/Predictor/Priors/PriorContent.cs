namespace PelNas.Shared.Predictor.Priors;

/// <summary>What a prior says.</summary>
public sealed record PriorContent
{
    /// <summary>A prior that says nothing.</summary>
    public static PriorContent Empty { get; } = new();

    /// <summary>Cells for the first labels, in that order.</summary>
    public IReadOnlyList<Expectation> Ranked { get; init; } = [];

    /// <summary>Cells whose accuracy is believed to be known, beside the ranked ones.</summary>
    public IReadOnlyList<Expectation> Believed { get; init; } = [];

    /// <summary>Rules that give every other cell an accuracy.</summary>
    public IReadOnlyList<PriorRule> Rules { get; init; } = [];

    /// <summary>What labels should not be spent on.</summary>
    public IReadOnlyList<PriorVeto> Vetoes { get; init; } = [];
}

using PelNas.Shared.Tables;

namespace PelNas.Shared.Records;

/// <summary>What a sweep is asked to do: the same search on several contexts. The body of <c>POST /sweeps</c>.</summary>
public sealed record SweepRequest
{
    /// <summary>
    /// Contexts as <c>dataset:device</c>, for example <c>cifar10:fpga</c>; or one entry that names a group (<see cref="ContextGroups"/>).
    /// </summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>Seeds; each context is searched once with each.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <summary>Labels that each search may pay for.</summary>
    public int MaxLabels { get; init; } = 120;

    /// <summary>Which accuracies the labels are: one of <see cref="LabelSources"/>.</summary>
    public string LabelsFrom { get; init; } = LabelSources.Validation;

    /// <summary>Generations of each search after its seed population.</summary>
    public int Generations { get; init; } = 10;

    /// <summary>Searches that run at a time.</summary>
    public int Window { get; init; } = 2;
}

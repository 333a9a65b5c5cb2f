using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>
/// A user's space as its definition says, checked: decisions, and the measured architectures with their objectives, or an open space.
/// </summary>
/// <param name="Name">Name in requests.</param>
/// <param name="Complexities">
/// By decision and choice what the choice adds to the complexity of an architecture; null where that is not known.
/// </param>
/// <param name="Rows">The architectures: a choice a decision.</param>
/// <param name="Accuracies">Accuracy by data set and row, percent.</param>
/// <param name="Latencies">Latency by device and row, ms; NaN where the device cannot run it.</param>
/// <param name="ParamsM">Trainable parameters, millions, by row; null where they are not known.</param>
/// <param name="FlopsM">Multiply-accumulates, millions, by row; null where they are not known.</param>
/// <param name="Open">The space without a table; null for one with it.</param>
public sealed record SpaceDefinition(
    string Name,
    IReadOnlyList<Decision> Decisions,
    double[][]? Complexities,
    IReadOnlyList<byte[]> Rows,
    IReadOnlyDictionary<string, double[]> Accuracies,
    IReadOnlyDictionary<string, double[]> Latencies,
    double[]? ParamsM,
    double[]? FlopsM,
    DecisionSpace? Open = null)
{
    // Only how sure chance accuracy is depends on them, and every architecture of a table counts as trained.
    private static readonly DatasetShape NoShape = new(1, 2);

    /// <summary>The space with its tables, or without a table as an open space whose labels its user brings.</summary>
    public ISpaceBenchmark ToBenchmark() => Open is not null ? ToOpen(Open) : new SpaceBenchmark(
        new TableSpace(Name, Decisions, Rows, Costs()),
        Accuracies.ToDictionary(column => column.Key, column => ImmutableArray.Create(column.Value)),
        Latencies.ToDictionary(column => column.Key, column => ImmutableArray.Create(column.Value)),
        NoShape);

    private OpenBenchmark ToOpen(DecisionSpace open) => new(
        Name,
        open,
        new OpenMeasures(
            new Dictionary<string, Func<byte[], double>>(),
            new Dictionary<string, Func<byte[], double>>
            {
                [OpenBenchmark.ComplexityDevice] = Complexity,
                [CountedDevices.Told] = Complexity,
            },
            ParamsM: null,
            FlopsM: null,
            Complexity,
            ComplexityUnit),
        shape: null);

    private double Complexity(byte[] row) => Complexities is { } told
        ? row.Select((choice, decision) => told[decision][choice]).Sum()
        : row.Sum(choice => (double)choice);

    private string ComplexityUnit
        => Complexities is null ? "in sum of the choices' places in their lists" : "in sum of the choices' complexity";

    /// <summary>
    /// Partitions go by the stated complexity, or else by multiply-accumulates, parameters, or how far up the choices stand in their lists.
    /// </summary>
    private SpaceCosts Costs() => (Complexities, FlopsM, ParamsM) switch
    {
        ({ }, _, _) => new(ParamsM, FlopsM, [.. Rows.Select(Complexity)], ComplexityUnit),
        (_, { } flops, _) => new(ParamsM, FlopsM, flops, "million multiply-accumulates"),
        (_, _, { } parameters) => new(ParamsM, FlopsM, parameters, "million parameters"),
        _ => new(ParamsM, FlopsM, [.. Rows.Select(Complexity)], ComplexityUnit),
    };
}

/// <summary>What is wrong with a definition.</summary>
/// <param name="Place">JSON pointer (RFC 6901) to the part at fault; empty for the whole.</param>
/// <param name="Message">What is wrong and what to give.</param>
public sealed record SpaceFault(string Place, string Message)
{
    /// <summary>All in one sentence each.</summary>
    public static string Describe(IEnumerable<SpaceFault> faults)
        => string.Join(' ', faults.Select(fault => $"{(fault.Place.Length == 0 ? "The definition" : fault.Place)}: {fault.Message}."));
}

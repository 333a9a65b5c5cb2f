namespace PelNas.Shared.Tables;

/// <summary>A cell looked up, with all others that compute its function.</summary>
/// <param name="IsLive">Whether any path joins its input and output. Without one a cell computes a constant.</param>
/// <param name="PartitionRule">What the cells of its partition have in common.</param>
/// <param name="Twins">
/// The other cells that compute the same function, by index. Their accuracies differ by the luck of training alone.
/// </param>
/// <param name="Ranks">Where the cell stands on every device, by data set and device.</param>
/// <param name="Scores">Training-free scores of the cell, by data set, as others published them.</param>
public sealed record CellDetails(
    CellFigures Cell, bool IsLive, string PartitionRule, IReadOnlyList<CellFigures> Twins, IReadOnlyList<CellRank> Ranks,
    IReadOnlyList<CellScore> Scores);

/// <summary>Where a cell stands on a device.</summary>
/// <param name="Dataset">Data set whose networks are meant.</param>
/// <param name="Rank">One more than the cells that are faster.</param>
/// <param name="Cells">Cells that have a latency.</param>
public sealed record CellRank(string Dataset, string Device, int Rank, int Cells);

/// <summary>A score of a cell that no training went into.</summary>
/// <param name="Name">Name of the score, such as <c>naswot</c>.</param>
public sealed record CellScore(string Dataset, string Name, double Value);

/// <summary>What the tables say of one cell.</summary>
/// <param name="Architecture">The cell in the published notation.</param>
/// <param name="Partition">Partition by the scheme <c>conv3x3</c>.</param>
/// <param name="Datasets">Figures of the network with this cell, by data set.</param>
public sealed record CellFigures(int Index, string Architecture, int Partition, IReadOnlyList<CellOnDataset> Datasets);

/// <summary>The network with a cell on one data set.</summary>
/// <param name="Accuracy">Test accuracy, percent.</param>
/// <param name="ValidationAccuracy">
/// Validation accuracy, percent: what a label of a search shows unless it asks for test accuracies.
/// </param>
/// <param name="ParamsM">Trainable parameters, millions. Edges that lead nowhere count.</param>
/// <param name="FlopsM">Multiply-accumulates for one image, millions.</param>
/// <param name="LatencyMs">Latency by device, ms.</param>
/// <param name="CannotRun">Devices that cannot run it.</param>
public sealed record CellOnDataset(
    string Dataset, double Accuracy, double ValidationAccuracy,
    double ParamsM, double FlopsM, IReadOnlyDictionary<string, double> LatencyMs, IReadOnlyList<string> CannotRun);

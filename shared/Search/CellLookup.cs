using System.Collections.Immutable;
using PelNas.Shared.Partitioning;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>Looks cells up in the tables that ship and in those of users.</summary>
/// <param name="tables">The tables that ship.</param>
/// <param name="uploaded">Contexts with latencies of users.</param>
public sealed class CellLookup(BenchmarkTables tables, IReadOnlyList<BenchmarkContext> uploaded)
{
    private readonly PartitionMap _partitions = PartitionSchemes.Create(PartitionSchemes.Conv3x3, 6, tables.Space, []);

    /// <summary>Looks a cell up.</summary>
    /// <param name="index">Index in the space.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not of the space.</exception>
    /// <exception cref="DataFileException">A table is missing or damaged.</exception>
    public CellDetails Find(int index)
    {
        ISearchSpace space = tables.Space;
        int function = space.FunctionId(index);
        DatasetColumns[] columns = [.. tables.Datasets.Select(ColumnsOf)];
        CellFigures cell = Figures(index, columns);
        return new CellDetails(
            cell,
            space.IsConnected(index),
            _partitions.Plans[cell.Partition].Rule,
            [
                .. Enumerable.Range(0, space.Size).Where(other => other != index && space.FunctionId(other) == function)
                    .Select(twin => Figures(twin, columns)),
            ],
            [.. columns.SelectMany(dataset => Ranks(index, dataset))],
            [.. tables.Datasets.SelectMany(dataset => Scores(index, dataset))]);
    }

    private static IEnumerable<CellRank> Ranks(int index, DatasetColumns columns)
        => from device in columns.Devices
           let latencyMs = device.LatencyMs[index]
           where double.IsFinite(latencyMs)
           select new CellRank(columns.Dataset, device.Name, 1 + device.LatencyMs.Count(other => other < latencyMs),
               device.LatencyMs.Count(double.IsFinite));

    private IEnumerable<CellScore> Scores(int index, string dataset)
        => from name in BenchmarkTables.TrainingFreeScoresOf(dataset)
           let score = tables.GetTrainingFreeScore(dataset, name)[index]
           where double.IsFinite(score)
           select new CellScore(dataset, name, score);

    private CellFigures Figures(int index, DatasetColumns[] columns)
        => new(
            index, tables.Space.Format(index), _partitions.PartitionOf(index), [.. columns.Select(dataset => OnDataset(index, dataset))]);

    private CellOnDataset OnDataset(int index, DatasetColumns columns)
    {
        DatasetShape shape = DatasetShape.Of(columns.Dataset);
        return new CellOnDataset(
            columns.Dataset,
            columns.Accuracy[index],
            columns.ValidationAccuracy[index],
            tables.Space.ParamsM(index, shape.Classes),
            tables.Space.FlopsM(index, shape.Resolution, shape.Classes),
            columns.Devices.Where(device => double.IsFinite(device.LatencyMs[index]))
                .ToDictionary(device => device.Name, device => device.LatencyMs[index]),
            [.. columns.Devices.Where(device => !double.IsFinite(device.LatencyMs[index])).Select(device => device.Name)]);
    }

    private DatasetColumns ColumnsOf(string dataset) => new(
        dataset,
        tables.GetAccuracy(dataset, LabelSources.Test),
        tables.GetAccuracy(dataset, LabelSources.Validation),
        [
            .. tables.Devices.Where(device => device.Datasets.Contains(dataset))
                .Select(device => new DeviceColumn(device.Name, tables.GetLatency(dataset, device.Name))),
            .. uploaded.Where(context => context.Dataset == dataset).Select(context => new DeviceColumn(context.Device, context.LatencyMs)),
        ]);

    private sealed record DatasetColumns(
        string Dataset, ImmutableArray<double> Accuracy, ImmutableArray<double> ValidationAccuracy, IReadOnlyList<DeviceColumn> Devices);

    private sealed record DeviceColumn(string Name, ImmutableArray<double> LatencyMs);
}

using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>
/// Checks the numbers of an archive against the tables: labels and latencies of cells in another order are as good as any by themselves.
/// Those of a search whose labels the user brought, or training here, are in no table.
/// </summary>
public static class ArchivedValues
{
    // What a program may round to that writes archives of its own.
    private const double Tolerance = 1e-6;

    /// <summary>Checks an archive that is in order by itself.</summary>
    /// <exception cref="ArgumentException">A number is not that of the tables; the message names the field and both.</exception>
    public static void Check(RunArchive archive, BenchmarkTables tables)
    {
        RunArchiveCheck.Check(archive);
        SearchRequest request = archive.Run.Request;
        if (request.LabelsBy() != LabelProviders.Table)
        {
            return;
        }

        IReadOnlyList<double> latencies = archive.Latencies is { } uploaded
            ? uploaded.LatencyMs
            : tables.GetLatency(request.Dataset, request.Device);
        IReadOnlyList<double> labels = tables.GetAccuracy(request.Dataset, request.LabelsFrom);
        foreach (CandidateRow row in archive.Labels.SelectMany(row => row.Candidates))
        {
            Same(row.Accuracy, labels, row.Index, "labels[].candidates[].accuracy");
        }

        foreach (CandidateRow row in archive.Scores.SelectMany(row => row.Candidates))
        {
            Same(row.LatencyMs, latencies, row.Index, "scores[].candidates[].latencyMs");
        }

        IReadOnlyList<double> validation = tables.GetAccuracy(request.Dataset, LabelSources.Validation);
        IReadOnlyList<double> test = tables.GetAccuracy(request.Dataset, LabelSources.Test);
        DatasetShape shape = DatasetShape.Of(request.Dataset);
        foreach (FrontPoint point in archive.Fronts.SelectMany(row => row.Front.Points))
        {
            Same(point.Accuracy, labels, point.Index, "fronts[].front.points[].accuracy");
            Same(point.ValidationAccuracy, validation, point.Index, "fronts[].front.points[].validationAccuracy");
            Same(point.TestAccuracy, test, point.Index, "fronts[].front.points[].testAccuracy");
            Same(point.LatencyMs, latencies, point.Index, "fronts[].front.points[].latencyMs");
            Same(point.ParamsM, tables.Space.ParamsM(point.Index, shape.Classes), point.Index, "fronts[].front.points[].paramsM");
            Same(point.FlopsM, tables.Space.FlopsM(point.Index, shape.Resolution, shape.Classes), point.Index,
                "fronts[].front.points[].flopsM");
        }

        PartitionMap map = PartitionSchemes.Create(request.PartitionScheme, request.Partitions, tables.Space, latencies);
        if (!map.Plans.SequenceEqual(archive.Run.Partitions))
        {
            throw new ArgumentException("run.partitions is not how the request cuts the space. Export the run again.");
        }
    }

    private static void Same(double? value, IReadOnlyList<double> table, int index, string field)
        => Same(value, table[index], index, field);

    private static void Same(double? value, double known, int index, string field)
    {
        if (value is { } number && !(Math.Abs(number - known) <= Tolerance))
        {
            throw new ArgumentException(
                $"{field} of the cell {index} is {number:R}, and the tables have {known:R}: "
                    + "its indices may be of another order. Export the run again.");
        }
    }
}

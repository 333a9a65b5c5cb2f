using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PelNas.Shared.Devices;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Storage.Transfer;

/// <summary>
/// Checks a whole archive before the first row of it is written, so that a bad one changes nothing: a file may come from anybody. It must
/// fit its own plan, name cells of the space, and hold values that can be. A refusal names the field.
/// </summary>
internal static class RunArchiveCheck
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    // A number that is not finite is refused by its field.
    private static readonly JsonSerializerOptions AnyNumber =
        new(PelNasJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <exception cref="ArgumentException">The archive holds what cannot be, or what does not fit its own plan.</exception>
    public static void Check(RunArchive archive)
    {
        NoNulls(JsonSerializer.SerializeToNode(archive, AnyNumber));
        Require(archive.Space == Space.Name, $"space is '{archive.Space}', and this program knows {Space.Name}");
        Require(archive.IndexOrder == NasBench201.IndexOrder,
            $"indexOrder is '{archive.IndexOrder}', and this program counts {NasBench201.IndexOrder}");
        RunIds.Check(archive.Run.RunId, "run.runId");
        CheckRequest(archive.Run);
        CheckEnd(archive.Run);
        for (int i = 0; i < archive.Run.Partitions.Count; i++)
        {
            Require(archive.Run.Partitions[i].Id == i, $"run.partitions[{i}].id is not {i}");
        }

        CheckLatencies(archive.Run, archive.Latencies, "latencies", archive.Run.DeviceTable, "run.deviceTable");
        CheckLatencies(archive.Run, archive.Verified, "verified", archive.Run.VerifiedTable, "run.verifiedTable");
        CheckRows(archive);
        CheckCandidates(archive);
        CheckFronts(archive);
        CheckPrior(archive.Prior?.Content ?? PriorContent.Empty);
        ArchivedUsage.Check(archive);
    }

    private static void CheckRequest(RunRow run)
    {
        SearchRequest request = run.Request;
        Require(LabelProviders.Names.Contains(request.LabelsBy()),
            $"run.request.labels.by is '{request.LabelsBy()}', and it has to be one of {string.Join(", ", LabelProviders.Names)}");
        bool isOfTable = request.LabelsBy() == LabelProviders.Table;
        Require(
            !isOfTable || DeviceCatalog.Datasets.Contains(request.Dataset),
            $"run.request.dataset is '{request.Dataset}', and this program knows {string.Join(", ", DeviceCatalog.Datasets)}");
        Require(
            run.DeviceTable is null
                ? DeviceCatalog.Devices.Any(
                    device => device.Name == request.Device && (!isOfTable || device.Datasets.Contains(request.Dataset)))
                    || (!isOfTable && (request.IsLatencyTold() || CountedDevices.Names.Contains(request.Device)))
                : DeviceNames.IsValid(request.Device),
            $"run.request.device is '{request.Device}', of which no table ships for {request.Dataset}, and run.deviceTable names none");
        Require(LabelSources.Names.Contains(request.LabelsFrom),
            $"run.request.labelsFrom is '{request.LabelsFrom}', and it has to be one of {string.Join(", ", LabelSources.Names)}");
        string? why = PartitionSchemes.WhyNot(request.PartitionScheme, request.Partitions);
        Require(why is null, $"run.request.partitions is {request.Partitions} with '{request.PartitionScheme}': {why}");
        Require(
            !(request.MaxLatencyMs <= 0) && !(request.MaxParamsM <= 0) && !(request.MaxUsd < 0) && !(request.MaxLlmCalls < 0),
            "run.request has a limit that is not over 0");
    }

    private static void CheckEnd(RunRow run)
    {
        Require(run.StopReason is null || StopReasons.Names.Contains(run.StopReason),
            $"run.stopReason is '{run.StopReason}', and it has to be one of {string.Join(", ", StopReasons.Names)}");
        Require(!(run.FinishedAt < run.StartedAt), "run.finishedAt is before run.startedAt");
        Require(!(run.Labels < 0), $"run.labels is {run.Labels}, and it has to be 0 or more");
        CheckHypervolume(run.Hypervolume, "run.hypervolume");
    }

    private static void CheckPrior(PriorContent prior)
    {
        foreach (Expectation cell in prior.Ranked.Concat(prior.Believed))
        {
            CheckCell(cell.Index, "prior.content.ranked[] or believed[].index");
            Require(cell.Accuracy is null || double.IsFinite(cell.Accuracy.Value), "prior.content has an accuracy that is no number");
        }

        CellTraits traits = CellTraits.For(Space);
        IEnumerable<string> named = prior.Rules.Select(rule => rule.Trait)
            .Concat(prior.Rules.SelectMany(rule => rule.Where).Concat(prior.Vetoes.SelectMany(veto => veto.Where))
                .Select(bound => bound.Trait));
        Require(named.All(trait => traits.Names.Contains(trait)), "prior.content names a trait that no cell has");
        Require(
            prior.Rules.All(rule => rule.From <= rule.To && double.IsFinite(rule.Delta * rule.Confidence)),
            "prior.content.rules[] has a rule that runs backwards or has an effect that is no number");
    }

    /// <summary>On reading, a list may hold null, which no field may.</summary>
    private static void NoNulls(JsonNode? node)
    {
        IEnumerable<JsonNode?> inside = node switch
        {
            JsonArray array => array,
            JsonObject properties => properties.Select(property => property.Value),
            _ => [],
        };
        foreach (JsonNode? item in inside)
        {
            if (item is null && node is JsonArray list)
            {
                Require(false, $"{list.GetPath()} holds null");
            }

            NoNulls(item);
        }
    }

    private static void CheckFronts(RunArchive archive)
    {
        HashSet<int> labelled = [.. archive.Labels.SelectMany(row => row.Candidates).Select(candidate => candidate.Index)];
        foreach (FrontRow row in archive.Fronts)
        {
            int partition = row.Round.Partition;
            Require(partition == RoundRow.WholeRun, $"fronts[].round.partition is {partition} and not {RoundRow.WholeRun}");
            CheckHypervolume(row.Round.Hypervolume, "fronts[].round.hypervolume");
            foreach (FrontPoint point in row.Front.Points)
            {
                CheckCell(point.Index, "fronts[].front.points[].index");
                Within(point.Partition, archive.Run.Partitions.Count, "fronts[].front.points[].partition");
                Require(Space.Format(point.Index) == point.Architecture,
                    $"fronts[].front.points[].architecture of {point.Index} is another cell's");
                Require(labelled.Contains(point.Index), $"fronts[].front.points[].index is {point.Index}, which has no label");
                CheckAccuracy(point.Accuracy, "fronts[].front.points[].accuracy");
                CheckLatency(point.LatencyMs, "fronts[].front.points[].latencyMs");
            }
        }
    }

    private static void CheckLatencies(RunRow run, ArchivedLatencies? table, string field, string? version, string nameOfVersion)
    {
        if (table is not { } latencies)
        {
            Require(version is null, $"{field} is missing, though {nameOfVersion} names an uploaded latency table");
            return;
        }

        int count = latencies.LatencyMs.IsDefault ? 0 : latencies.LatencyMs.Length;
        Require(count == Space.Size, $"{field}.latencyMs has {count} numbers and not {Space.Size}, one an architecture");
        Require(
            latencies.LatencyMs.All(latency => double.IsNaN(latency) || latency > 0), $"{field}.latencyMs has a number that is not over 0");
        if (latencies.Measured is { } measured)
        {
            int deviations = measured.DeviationMs.IsDefault ? 0 : measured.DeviationMs.Length;
            Require(deviations == Space.Size,
                $"{field}.measured.deviationMs has {deviations} numbers and not {Space.Size}, one an architecture");
            Require(measured.DeviationMs.All(deviation => deviation >= 0), $"{field}.measured.deviationMs has a number below 0");
            foreach (MeasuredCell cell in measured.Cells)
            {
                CheckCell(cell.Index, $"{field}.measured.cells[].index");
            }
        }

        Require(latencies.Of(run).Version == version, $"{field}.latencyMs is not the table that {nameOfVersion} names");
    }

    private static void CheckRows(RunArchive archive)
    {
        HashSet<GenerationKey> keys = [];
        foreach (IGenerationRow row in archive.Rows)
        {
            GenerationKey key = row.Key;
            string field = key.Kind == GenerationKinds.Front ? "fronts" : key.Kind;
            string partition = key.Partition is { } number ? $", partition {number}" : "";
            Require(keys.Add(key), $"{field} has generation {key.Generation}{partition} twice");
            Within(key.Generation, archive.Run.Request.Generations + 1, $"{field}[].generation");
            Within(key.Partition ?? 0, archive.Run.Partitions.Count, $"{field}[].partition");
        }
    }

    private static void CheckCandidates(RunArchive archive)
    {
        HashSet<int> proposed = [];
        foreach ((CandidateRow candidate, int generation) in archive.Proposals.SelectMany(row => Of(row.Candidates, row.Round.Generation)))
        {
            CheckCell(candidate.Index, "proposals[].candidates[].index");
            Require(candidate.Generation == generation, "proposals[].candidates[].generation is not that of its row");
            Require(proposed.Add(candidate.Index), $"proposals[].candidates[].index has {candidate.Index} twice");
        }

        foreach (CandidateRow candidate in archive.Scores.SelectMany(row => row.Candidates))
        {
            Require(proposed.Contains(candidate.Index), $"scores[].candidates[].index is {candidate.Index}, which was never proposed");
            CheckLatency(candidate.LatencyMs ?? double.NaN, "scores[].candidates[].latencyMs");
        }

        foreach ((CandidateRow candidate, int generation) in archive.Labels.SelectMany(row => Of(row.Candidates, row.Generation)))
        {
            Require(candidate.LabelledGeneration == generation, "labels[].candidates[].labelledGeneration is not that of its row");
            Require(proposed.Contains(candidate.Index), $"labels[].candidates[].index is {candidate.Index}, which was never proposed");

            // Training for a label that is not the table's may have failed.
            if (candidate.Accuracy is not null || archive.Run.Request.LabelsBy() == LabelProviders.Table)
            {
                CheckAccuracy(candidate.Accuracy ?? double.NaN, "labels[].candidates[].accuracy");
            }
        }
    }

    private static IEnumerable<(CandidateRow Candidate, int Generation)> Of(IReadOnlyList<CandidateRow> candidates, int generation)
        => candidates.Select(candidate => (candidate, generation));

    private static void CheckCell(int index, string field) => Within(index, Space.Size, field);

    private static void CheckAccuracy(double accuracy, string field)
        => Require(accuracy is >= 0 and <= 100, $"{field} is {accuracy:R}, and an accuracy is 0 to 100 percent");

    private static void CheckHypervolume(double? hypervolume, string field)
        => Require(hypervolume is null or (>= 0 and <= 1), $"{field} is {hypervolume:R}, and a normalised hypervolume is 0 to 1");

    private static void CheckLatency(double latency, string field)
        => Require(latency > 0 && double.IsFinite(latency), $"{field} is {latency:R}, and a latency is over 0 ms");

    private static void Within(int number, int count, string field)
        => Require(number >= 0 && number < count, $"{field} is {number}, and it has to be from 0 to {count - 1}");

    /// <summary>Refuses an archive unless something holds.</summary>
    public static void Require(bool isFine, string problem)
    {
        if (!isFine)
        {
            throw new ArgumentException($"{problem}. Export the run again.");
        }
    }
}

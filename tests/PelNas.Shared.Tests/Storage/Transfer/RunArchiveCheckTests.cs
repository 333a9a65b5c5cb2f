using System.Text.Json.Nodes;

namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>Archives that hold what cannot be: a file may come from anybody.</summary>
public sealed class RunArchiveCheckTests : TransferTest
{
    [Fact]
    public async Task A_bad_archive_is_refused_by_field_and_changes_nothing()
    {
        RunArchive good = await FilledAsync(Rows);
        foreach ((RunArchive bad, string problem) in BadArchives(good))
        {
            CountingRowStore target = new();
            (await Should.ThrowAsync<ArgumentException>(() => ImportAsync(target, bad))).Message.ShouldContain(problem);
            target.Requests.ShouldBe(0, problem);
        }
    }

    [Fact]
    public async Task A_run_on_data_of_one_s_own_is_of_no_table()
    {
        RunArchive good = await FilledAsync(Rows);
        RunArchive own = WithRequest(good, request => request with
        {
            Dataset = "leaves",
            Labels = new LabelRequest { By = LabelProviders.You, ImageSize = 32, Classes = 5 },
        });
        DeviceTable table = new("fpga", "leaves", DateTimeOffset.UnixEpoch, Latencies(1.5));
        own = own with { Run = own.Run with { DeviceTable = table.Version } };

        (await ImportAsync(new MemoryRowStore(), own)).ShouldBeTrue();
        Should.NotThrow(() => ArchivedValues.Check(own, Shared.Tables.BenchmarkTables.OpenDefault()));
        (await Should.ThrowAsync<ArgumentException>(
            () => ImportAsync(new MemoryRowStore(), WithRequest(own, request => request with { Labels = null }))))
            .Message.ShouldContain("run.request.dataset is 'leaves'");
    }

    [Fact]
    public async Task Null_in_any_list_is_refused_with_its_place()
    {
        string good = PelNasJson.Serialize(await FilledAsync(Rows));
        List<string> paths = [];
        Collect(JsonNode.Parse(good)!, paths);
        paths.Count.ShouldBeGreaterThan(30);

        // Null instead of a number is refused when the file is read.
        foreach (string path in paths.Where(path => path != "$.latencies.latencyMs"))
        {
            JsonNode bad = JsonNode.Parse(good)!;
            ((JsonArray)At(bad, path))[0] = null;
            RunArchive archive = PelNasJson.Deserialize<RunArchive>(bad.ToJsonString());
            ArgumentException refused = await Should.ThrowAsync<ArgumentException>(() => ImportAsync(new MemoryRowStore(), archive));
            refused.Message.ShouldContain($"{path} holds null");
        }
    }

    private static void Collect(JsonNode node, List<string> paths)
    {
        if (node is JsonArray { Count: > 0 } array)
        {
            paths.Add(node.GetPath());
            foreach (JsonNode? item in array.Take(2))
            {
                Collect(item!, paths);
            }
        }
        else if (node is JsonObject properties)
        {
            foreach (JsonNode? value in properties.Select(property => property.Value).Where(value => value is not null))
            {
                Collect(value!, paths);
            }
        }
    }

    private static JsonNode At(JsonNode node, string path)
    {
        foreach (string part in path[1..].Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            node = (int.TryParse(part, out int index) ? node[index] : node[part])!;
        }

        return node;
    }

    private static IEnumerable<(RunArchive Bad, string Problem)> BadArchives(RunArchive good)
    {
        yield return (good with { Space = "nas-bench-101" }, "space is 'nas-bench-101', and this program knows nas-bench-201");
        yield return (good with { IndexOrder = "mine" }, "indexOrder is 'mine'");
        yield return (WithRequest(good, request => request with { Dataset = "cifar1000" }), "run.request.dataset is 'cifar1000'");
        yield return (WithRequest(good, request => request with { Device = "../fpga" }), "run.request.device is '../fpga'");
        yield return (WithRequest(good, request => request with { LabelsFrom = "train" }), "run.request.labelsFrom is 'train'");
        yield return (WithRequest(good, request => request with { Partitions = 5 }), "run.request.partitions is 5");
        yield return (WithPrior(good, new PriorContent { Ranked = [new(15_625, 90)] }), "index is 15625");
        yield return (WithPrior(good, new PriorContent { Vetoes = [new([new("colour")], "")] }), "names a trait");
        yield return (good with { Spending = [Spending with { Spent = new ChatUsage(-1, 0, 0, 0) }] }, "spent has a count below 0");
        yield return (good with { Spending = [Spending with { InFlight = new ChatUsage(1, 1, 1, -2) }] }, "spending[].inFlight.usd is -2");
        yield return (WithRun(good, run => run with { Spent = new ChatUsage(1, 1, -1, 0) }), "run.spent has a count below 0");
        yield return (
            good with { Spending = [Spending with { Spent = new ChatUsage(int.MaxValue, long.MaxValue, 1, 1) }] },
            "more calls or tokens than can be counted");
        yield return (WithRun(good, run => run with { RunId = "../x" }), "is not a run id");
        yield return (WithRun(good, run => run with { StopReason = "boredom" }), "run.stopReason is 'boredom'");
        yield return (WithRun(good, run => run with { FinishedAt = run.StartedAt.AddSeconds(-1) }), "finishedAt is before run.startedAt");
        yield return (WithRun(good, run => run with { Labels = -1 }), "run.labels is -1");
        yield return (WithRun(good, run => run with { Hypervolume = 1.5 }), "run.hypervolume is 1.5");
        yield return (WithRun(good, run => run with { Partitions = [new PartitionPlan(1, "all", 5)] }), "run.partitions[0].id is not 0");
        yield return (WithRun(good, run => run with { DeviceTable = null }), "run.deviceTable");
        yield return (good with { Latencies = null }, "latencies is missing");
        yield return (
            good with { Latencies = new(DateTimeOffset.UnixEpoch, [1.5, 2.5]) },
            "latencies.latencyMs has 2 numbers and not 15625");
        yield return (
            good with { Latencies = new(DateTimeOffset.UnixEpoch, Latencies(0)) },
            "latencies.latencyMs has a number that is not over 0");
        yield return (good with { Latencies = new(DateTimeOffset.UnixEpoch, Latencies(2)) }, "is not the table that run.deviceTable names");

        yield return (good with { Proposals = [.. good.Proposals, good.Proposals[0]] }, "proposals has generation 0, partition 0 twice");
        yield return (good with { Labels = [.. good.Labels, StoreSamples.Labels(1)] }, "labels has generation 1 twice");
        yield return (good with { Fronts = [StoreSamples.Front(11)] }, "fronts[].generation is 11, and it has to be from 0 to 10");
        yield return (good with { Heuristics = [StoreSamples.Heuristics(0, -1)] }, "heuristics[].generation is -1");
        yield return (good with { Scores = [StoreSamples.Scores(2, 1)] }, "scores[].partition is 2, and it has to be from 0 to 1");

        yield return (good with { Proposals = [StoreSamples.Proposals(0, 0, 15_625)] }, "proposals[].candidates[].index is 15625");
        yield return (good with { Proposals = [StoreSamples.Proposals(0, 0, -1)] }, "proposals[].candidates[].index is -1");
        yield return (
            good with { Proposals = [.. good.Proposals, StoreSamples.Proposals(0, 9, 11)] },
            "proposals[].candidates[].index has 11 twice");
        yield return (WithProposal(good, row => row with { Generation = null }), "proposals[].candidates[].generation");
        yield return (good with { Scores = [StoreSamples.Scores(0, 0, 5)] }, "scores[].candidates[].index is 5, which was never proposed");
        foreach (double? latency in (double?[])[0, -1, double.NaN, double.PositiveInfinity, null])
        {
            yield return (WithScore(good, row => row with { LatencyMs = latency }), "scores[].candidates[].latencyMs is");
        }

        yield return (good with { Labels = [StoreSamples.Labels(0, 5)] }, "labels[].candidates[].index is 5, which was never proposed");
        foreach (double? accuracy in (double?[])[250, -0.5, double.NaN, null])
        {
            yield return (WithLabel(good, row => row with { Accuracy = accuracy }), "labels[].candidates[].accuracy is");
        }

        yield return (WithLabel(good, row => row with { LabelledGeneration = 2 }), "labels[].candidates[].labelledGeneration");

        yield return (WithPoint(good, point => point with { Index = 15_625 }), "fronts[].front.points[].index is 15625");
        yield return (
            WithPoint(good, point => point with { Index = point.Index + 1 }),
            "fronts[].front.points[].architecture of 4 is another cell's");
        yield return (
            WithPoint(good, point => point with { Architecture = "<script>" }),
            "fronts[].front.points[].architecture of 3 is another cell's");
        yield return (WithPoint(good, point => point with { Accuracy = 250 }), "fronts[].front.points[].accuracy is 250");
        yield return (WithPoint(good, point => point with { LatencyMs = 0 }), "fronts[].front.points[].latencyMs is 0");
        yield return (WithPoint(good, point => point with { Partition = 2 }), "fronts[].front.points[].partition is 2");
        yield return (WithFrontRound(good, round => round with { Partition = 0 }), "fronts[].round.partition is 0");
        foreach (double hypervolume in (double[])[-0.1, 7, double.NaN])
        {
            yield return (WithFrontRound(good, round => round with { Hypervolume = hypervolume }), "fronts[].round.hypervolume is");
        }

        yield return (good with { Labels = [] }, "fronts[].front.points[].index is 3, which has no label");
    }

    private static RunArchive WithRun(RunArchive good, Func<RunRow, RunRow> change) => good with { Run = change(good.Run) };

    private static RunArchive WithPrior(RunArchive good, PriorContent content)
        => good with { Prior = new PriorRow { Source = "file", Content = content } };

    private static RunArchive WithFrontRound(RunArchive good, Func<RoundRow, RoundRow> change)
        => good with { Fronts = [good.Fronts[0] with { Round = change(good.Fronts[0].Round) }] };

    private static RunArchive WithRequest(RunArchive good, Func<SearchRequest, SearchRequest> change)
        => WithRun(good, run => run with { Request = change(run.Request) });

    private static RunArchive WithProposal(RunArchive good, Func<CandidateRow, CandidateRow> change)
        => good with { Proposals = [good.Proposals[0] with { Candidates = [change(good.Proposals[0].Candidates[0])] }] };

    private static RunArchive WithScore(RunArchive good, Func<CandidateRow, CandidateRow> change)
        => good with { Scores = [good.Scores[0] with { Candidates = [change(good.Scores[0].Candidates[0])] }] };

    private static RunArchive WithLabel(RunArchive good, Func<CandidateRow, CandidateRow> change)
        => good with { Labels = [good.Labels[0] with { Candidates = [change(good.Labels[0].Candidates[0])] }] };

    private static RunArchive WithPoint(RunArchive good, Func<FrontPoint, FrontPoint> change)
        => good with { Fronts = [good.Fronts[0] with { Front = new Front(0, [change(good.Fronts[0].Front.Points[0])]) }] };
}

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class TellLatenciesTests
{
    private const string Told =
        """{"dataset":"my-tools","device":"told","seed":3,"generations":3,"maxLabels":24,"proposalsPerPartition":4,"labels":{"by":"you","imageSize":32,"classes":10}}""";

    private static readonly BenchmarkContext Fpga = SearchApp.Tables.GetContext("cifar10", "fpga");

    [Fact]
    public async Task A_search_is_told_latencies_with_its_labels_and_draws_its_front_by_them()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(Told);

        await app.AnswerAllAsync(id, Answer);

        await app.CompletesAsync(id);
        LabelView[] labels = await app.LabelsAsync(id, "");
        labels.Length.ShouldBe(24);
        labels.ShouldAllBe(label => label.LatencyMs == Fpga.LatencyMs[label.Index]);
        SearchFront front = await app.FrontAsync(id);
        double best = double.NegativeInfinity;
        List<int> expected = [];
        foreach (LabelView label in labels.OrderBy(label => label.LatencyMs).ThenByDescending(label => label.Accuracy)
            .Where(label => label.Accuracy > best))
        {
            best = label.Accuracy!.Value;
            expected.Add(label.Index);
        }

        front.Front.Select(point => point.Index).ShouldBe(expected);
        front.Front.ShouldAllBe(point => point.LatencyMs == Fpga.LatencyMs[point.Index] && point.LatencyFrom == FrontPoint.Measured);

        // Of 24 labels by chance the front has some .88 of the exact front's hypervolume.
        Fpga.Metrics.Evaluate(expected, LabelSources.Validation).HypervolumeRatio.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task A_label_without_its_latency_is_refused_by_name()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(Told);
        int index = (await app.WantedAsync(id))[0].Index;

        (await (await app.TellAsync(id, index, """{"accuracy":80}""")).ShouldBlameAsync("latencyMs")).ShouldContain("is missing");
        await (await app.TellAsync(id, index, """{"accuracy":80,"latencyMs":0}""")).ShouldBlameAsync("latencyMs");
        await (await app.TellAsync(id, index, """{"accuracy":80,"latencyMs":-3}""")).ShouldBlameAsync("latencyMs");
        await (await app.TellAsync(id, index, """{"latencyMs":3}""")).ShouldBlameAsync("accuracy");
        await (await app.TellAsync(id, index, """{"failed":true,"latencyMs":3}""")).ShouldBlameAsync("latencyMs");
        (await app.TellAsync(id, index, """{"accuracy":80,"latencyMs":3}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.TellAsync(id, index, """{"accuracy":80,"latencyMs":4}"""))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict))
            .Detail.ShouldContain("80 % and 3 ms");
    }

    [Fact]
    public async Task Only_a_search_that_asks_for_latencies_is_told_them()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(
            """{"dataset":"my-tools","device":"flops","labels":{"by":"you","imageSize":32,"classes":10}}""");
        int index = (await app.WantedAsync(id))[0].Index;

        await (await app.TellAsync(id, index, """{"accuracy":80,"latencyMs":3}""")).ShouldBlameAsync("latencyMs");
    }

    private static string Answer(int index)
        => FormattableString.Invariant($$"""{"accuracy":{{Fpga.ValidationAccuracy[index]}},"latencyMs":{{Fpga.LatencyMs[index]}}}""");
}

using System.Diagnostics;
using PelNas.Local.Host.Http;

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class LabelsTests : FolderTest
{
    private const string Python = "/usr/bin/python3";
    private const string ByTable =
        """{"dataset":"cifar10","device":"fpga","seed":3,"generations":3,"maxLabels":24,"proposalsPerPartition":4}""";
    private const string ByYou =
        """{"dataset":"cifar10","device":"fpga","seed":3,"generations":3,"maxLabels":24,"proposalsPerPartition":4,"labels":{"by":"you"}}""";

    private static readonly BenchmarkContext Fpga = SearchApp.Tables.GetContext("cifar10", "fpga");

    /// <summary>Two of the documented clients at once, as a user runs them, who answer from the benchmark's table.</summary>
    [Fact]
    public async Task The_documented_clients_bring_a_search_to_the_front_of_the_table()
    {
        Assert.SkipUnless(File.Exists(Python), "Needs /usr/bin/python3.");
        await using SearchApp app = await SearchApp.StartAsync();
        string expected = await app.StartSearchAsync(ByTable);
        await app.FinishAsync(expected);
        string id = await app.StartSearchAsync(ByYou);

        string[] logs = await Task.WhenAll(RunTableClientAsync(app, id, "first"), RunTableClientAsync(app, id, "second"));

        await app.CompletesAsync(id);
        SearchFront told = await app.FrontAsync(id);
        SearchFront known = await app.FrontAsync(expected);
        told.Front.Select(point => (point.Index, point.Accuracy, point.LatencyMs))
            .ShouldBe(known.Front.Select(point => (point.Index, point.Accuracy, point.LatencyMs)));
        told.Labels.ShouldBe(known.Labels);
        told.Metrics.ShouldBeNull();
        string[] trained = [.. logs.SelectMany(log => log.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        trained.Length.ShouldBe(told.Labels);
        trained.ShouldBeUnique();
    }

    [Fact]
    public async Task The_first_label_told_stands_and_a_failed_one_is_not_asked_for_again()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(ByYou);
        LabelView[] wanted = await app.WantedAsync(id);
        int failed = wanted[0].Index;

        (await app.TellAsync(id, failed, """{"failed":true,"reason":"out of memory"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.TellAsync(id, failed, """{"accuracy":80}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        int second = wanted[1].Index;
        (await app.TellAsync(id, second, """{"accuracy":80.5}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.TellAsync(id, second, """{"accuracy":80.5}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.TellAsync(id, second, """{"accuracy":81}"""))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict)).Detail.ShouldContain("80.5 %");

        await app.AnswerAllAsync(id, Answer);

        await app.CompletesAsync(id);
        LabelView[] labels = await app.LabelsAsync(id, "");
        labels.Count(label => label.Index == failed).ShouldBe(1);
        labels.Single(label => label.Status == LabelStates.Failed).Failure.ShouldBe("out of memory");
        SearchFront front = await app.FrontAsync(id);
        front.Labels.ShouldBe(labels.Length);
        front.Front.ShouldNotContain(point => point.Index == failed);
    }

    [Fact]
    public async Task A_label_is_taken_also_while_no_orchestration_works_on_the_search()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(ByYou);
        LabelView[] wanted = await app.WantedAsync(id);

        await app.Durable.TerminateInstanceAsync(id, Cancellation);
        await app.FinishAsync(id);
        (await app.TellAsync(id, wanted[0].Index, """{"accuracy":80}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.Durable.PurgeInstanceAsync(id, Cancellation);
        (await app.TellAsync(id, wanted[1].Index, """{"accuracy":81}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await app.LabelsAsync(id, "?status=told")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_can_be_taken_back_until_the_search_has_gone_on()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(ByYou);
        LabelView[] wanted = await app.WantedAsync(id);
        int failed = wanted[0].Index;
        int told = wanted[1].Index;
        await app.TellAsync(id, told, Answer(told));
        (await app.ReopenAsync(id, told)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it has not failed");
        await app.TellAsync(id, failed, """{"failed":true,"reason":"out of memory"}""");

        LabelView open = await (await app.ReopenAsync(id, failed)).ShouldBeAsync<LabelView>(HttpStatusCode.OK);

        open.Status.ShouldBe(LabelStates.Open);
        (await app.ReopenAsync(id, failed)).StatusCode.ShouldBe(HttpStatusCode.OK, "the answer may have been lost");
        await app.AnswerAllAsync(id, Answer);
        await app.CompletesAsync(id);
        LabelView[] labels = await app.LabelsAsync(id, "");
        labels.ShouldAllBe(label => label.Status == LabelStates.Told);
        string expected = await app.StartSearchAsync(ByTable);
        await app.FinishAsync(expected);
        (await app.FrontAsync(id)).Front.Select(point => (point.Index, point.Accuracy))
            .ShouldBe((await app.FrontAsync(expected)).Front.Select(point => (point.Index, point.Accuracy)));
    }

    [Fact]
    public async Task A_failure_that_the_search_has_gone_on_without_stands()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(ByYou);
        int failed = (await app.WantedAsync(id))[0].Index;
        await app.TellAsync(id, failed, """{"failed":true}""");
        await app.AnswerAllAsync(id, Answer);

        await (await app.ReopenAsync(id, failed)).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);
        (await app.ReopenAsync(id, 1)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Labels_of_any_data_set_are_told_in_any_order_and_late_ones_are_kept()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        string id = await app.StartSearchAsync(
            """{"dataset":"my-tools","device":"flops","generations":2,"maxLabels":20,"labels":{"by":"you","imageSize":48,"classes":5,"deadlineHours":10}}""");
        LabelView[] wanted = await app.WantedAsync(id);
        wanted[0].ModelPath.ShouldBe($"architectures/{wanted[0].Index}/model?format=pytorch&imageSize=48&classes=5");
        foreach (LabelView label in wanted.Reverse().Skip(1))
        {
            (await app.TellAsync(id, label.Index, $$"""{"accuracy":{{label.Index % 100}}}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        // Nobody tells the last one: the search ends at the deadline with what it has.
        Task<OrchestrationMetadata> ended = app.FinishAsync(id);
        while (!ended.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await app.Durable.GetInstanceAsync(id, Cancellation);
        }

        (await ended).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SearchDetails details = await app.GetAsync<SearchDetails>($"searches/{id}");
        details.StopReason.ShouldBe(StopReasons.Deadline);
        SearchFront front = await app.FrontAsync(id);
        front.Labels.ShouldBe(wanted.Length - 1);
        front.Front.ShouldAllBe(point => point.TestAccuracy == null && point.Accuracy == point.Index % 100);
        (await app.TellAsync(id, wanted[^1].Index, """{"accuracy":50}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.LabelsAsync(id, "")).Single(label => label.Index == wanted[^1].Index).Accuracy.ShouldBe(50);
    }

    [Fact]
    public async Task A_label_that_nobody_asked_for_is_not_taken()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        string id = await app.StartSearchAsync(ByYou);
        LabelView[] wanted = await app.WantedAsync(id);
        int other = Enumerable.Range(0, 100).First(index => wanted.All(label => label.Index != index));

        (await app.TellAsync(id, other, """{"accuracy":80}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await app.TellAsync(id, wanted[0].Index, """{"accuracy":101}""")).ShouldBlameAsync("accuracy");
        await (await app.TellAsync(id, wanted[0].Index, """{}""")).ShouldBlameAsync("accuracy");
        await (await app.PostAsync($"searches/{id}/labels/claims", HttpAnswers.Json("""{"client":"","count":1}""")))
            .ShouldBlameAsync("client");
        string table = await app.StartSearchAsync(ByTable);
        await app.FinishAsync(table);
        (await app.TellAsync(table, 1, """{"accuracy":80}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Two_clients_bring_the_labels_of_a_space_of_ones_own()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        (await app.PutAsync("spaces/small-vit", HttpAnswers.Json("""
            {"name":"small-vit","decisions":[{"name":"depth","choices":[8,10,12,14]},{"name":"width","choices":[128,192,256,384]},{"name":"mlp","choices":["x2","x4"]}]}
            """))).StatusCode.ShouldBe(HttpStatusCode.Created);
        string id = await app.StartSearchAsync(
            """{"space":"small-vit","dataset":"mine","device":"told","generations":2,"maxLabels":16,"partitions":2,"labels":{"by":"you"}}""");
        const string LabelOf = """
            def label_of(label, model_file):
                assert model_file is None
                choices = dict(pair.split("=") for pair in label["architecture"].split(";"))
                return {"accuracy": 40 + int(choices["depth"]), "latencyMs": int(choices["width"]) / 10}
            """;

        string[] outputs = await Task.WhenAll(RunClientAsync(app, id, "first", LabelOf), RunClientAsync(app, id, "second", LabelOf));

        (await app.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        string[] told = [.. outputs.SelectMany(output => output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => line.Split(':')[0])];
        told.ShouldBeUnique();
        told.Length.ShouldBe(16);
        (await app.FrontAsync(id)).Front.ShouldAllBe(point => told.Contains(point.Architecture));
    }

    private static string Answer(int index) => FormattableString.Invariant($$"""{"accuracy":{{Fpga.ValidationAccuracy[index]}}}""");

    private async Task<string> RunTableClientAsync(SearchApp app, string id, string name)
    {
        string table = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder.Path, name)).FullName, "table.json");
        await File.WriteAllTextAsync(table, PelNasJson.Serialize(Fpga.ValidationAccuracy), Cancellation);
        return await RunClientAsync(app, id, name, $$"""
            table = json.load(open({{PelNasJson.Serialize(table)}}))
            def label_of(label, model_file):
                assert f"Cell {label['index']} of" in open(model_file).read()
                return {"accuracy": table[label["index"]]}
            """);
    }

    private async Task<string> RunClientAsync(SearchApp app, string id, string name, string labelOf)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Folder.Path, name)).FullName;
        string script = Path.Combine(folder, "run.py");
        await File.WriteAllTextAsync(
            script,
            $$"""
            import json, sys
            sys.path.insert(0, {{PelNasJson.Serialize(Path.Combine(AppContext.BaseDirectory, "clients"))}})
            import ask_and_tell
            {{labelOf}}
            ask_and_tell.label_of = label_of
            ask_and_tell.WAIT_SECONDS = 0.05
            ask_and_tell.main({{PelNasJson.Serialize(app.Client.BaseAddress!.ToString())}}, {{PelNasJson.Serialize(app.Services.GetRequiredService<FunctionKeys>().Default)}}, "{{id}}", "{{name}}")
            """,
            Cancellation);
        using Process process = Process.Start(new ProcessStartInfo(Python, [script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PelNas.Functions.Http;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Tests.Support;
using PelNas.Local.Host.Http;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Tests.Http.Searches;

public sealed class LabelsTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string ByTable = """{"dataset":"cifar10","device":"fpga","seed":3,"generations":3,"maxLabels":24,"proposalsPerPartition":4}""";
    private const string ByYou = """{"dataset":"cifar10","device":"fpga","seed":3,"generations":3,"maxLabels":24,"proposalsPerPartition":4,"labels":{"by":"you"}}""";

    private static readonly BenchmarkContext Fpga = SearchApp.Tables.GetContext("cifar10", "fpga");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Two of the documented clients at once, as a user runs them, who answer from the benchmark's table.</summary>
    [Fact]
    public async Task The_documented_clients_bring_a_search_to_the_front_of_the_table()
    {
        Assert.SkipUnless(File.Exists(Python), "Needs /usr/bin/python3.");
        await using AppHost app = await AppHost.StartAsync();
        string expected = await StartAsync(app, ByTable);
        await app.EndOfAsync(expected);
        string id = await StartAsync(app, ByYou);

        string[] logs = await Task.WhenAll(RunClientAsync(app, id, "first"), RunClientAsync(app, id, "second"));

        await CompletesAsync(app, id);
        SearchFront told = await FrontAsync(app, id);
        SearchFront known = await FrontAsync(app, expected);
        told.Front.Select(point => (point.Index, point.Accuracy, point.LatencyMs)).ShouldBe(known.Front.Select(point => (point.Index, point.Accuracy, point.LatencyMs)));
        told.Labels.ShouldBe(known.Labels);
        told.Metrics.ShouldBeNull();
        string[] trained = [.. logs.SelectMany(log => log.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        trained.Length.ShouldBe(told.Labels);
        trained.ShouldBeUnique();
    }

    [Fact]
    public async Task The_first_label_told_stands_and_a_failed_one_is_not_asked_for_again()
    {
        await using AppHost app = await AppHost.StartAsync();
        string id = await StartAsync(app, ByYou);
        LabelView[] wanted = await WantedAsync(app, id);
        int failed = wanted[0].Index;

        (await TellAsync(app, id, failed, """{"failed":true,"reason":"out of memory"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TellAsync(app, id, failed, """{"accuracy":80}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        int second = wanted[1].Index;
        (await TellAsync(app, id, second, """{"accuracy":80.5}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TellAsync(app, id, second, """{"accuracy":80.5}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await TellAsync(app, id, second, """{"accuracy":81}""")).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict)).Detail.ShouldContain("80.5 %");

        await AnswerAllAsync(app, id);

        await CompletesAsync(app, id);
        LabelView[] labels = await LabelsAsync(app, id, "");
        labels.Count(label => label.Index == failed).ShouldBe(1);
        labels.Single(label => label.Status == LabelStates.Failed).Failure.ShouldBe("out of memory");
        SearchFront front = await FrontAsync(app, id);
        front.Labels.ShouldBe(labels.Length);
        front.Front.ShouldNotContain(point => point.Index == failed);
    }

    [Fact]
    public async Task A_failure_can_be_taken_back_until_the_search_has_gone_on()
    {
        await using AppHost app = await AppHost.StartAsync();
        string id = await StartAsync(app, ByYou);
        LabelView[] wanted = await WantedAsync(app, id);
        int failed = wanted[0].Index;
        (await ReopenAsync(app, id, failed)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "it has not failed");
        await TellAsync(app, id, failed, """{"failed":true,"reason":"out of memory"}""");

        LabelView open = await (await ReopenAsync(app, id, failed)).ShouldBeAsync<LabelView>(HttpStatusCode.OK);

        open.Status.ShouldBe(LabelStates.Open);
        await AnswerAllAsync(app, id);
        await CompletesAsync(app, id);
        LabelView[] labels = await LabelsAsync(app, id, "");
        labels.ShouldAllBe(label => label.Status == LabelStates.Told);
        string expected = await StartAsync(app, ByTable);
        await app.EndOfAsync(expected);
        (await FrontAsync(app, id)).Front.Select(point => (point.Index, point.Accuracy)).ShouldBe((await FrontAsync(app, expected)).Front.Select(point => (point.Index, point.Accuracy)));
    }

    [Fact]
    public async Task A_failure_that_the_search_has_gone_on_without_stands()
    {
        await using AppHost app = await AppHost.StartAsync();
        string id = await StartAsync(app, ByYou);
        int failed = (await WantedAsync(app, id))[0].Index;
        await TellAsync(app, id, failed, """{"failed":true}""");
        await AnswerAllAsync(app, id);

        await (await ReopenAsync(app, id, failed)).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);
        (await ReopenAsync(app, id, 1)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Labels_of_any_data_set_are_told_in_any_order_and_late_ones_are_kept()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using AppHost app = await AppHost.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        string id = await StartAsync(app, """{"dataset":"my-tools","device":"flops","generations":2,"maxLabels":20,"labels":{"by":"you","imageSize":48,"classes":5,"deadlineHours":10}}""");
        LabelView[] wanted = await WantedAsync(app, id);
        wanted[0].ModelPath.ShouldBe($"architectures/{wanted[0].Index}/model?format=pytorch&imageSize=48&classes=5");
        foreach (LabelView label in wanted.Reverse().Skip(1))
        {
            (await TellAsync(app, id, label.Index, $$"""{"accuracy":{{label.Index % 100}}}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        // Nobody tells the last one: the search ends at the deadline with what it has.
        Task<OrchestrationMetadata> ended = app.EndOfAsync(id);
        while (!ended.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await app.Durable.GetInstanceAsync(id, Cancellation);
        }

        (await ended).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SearchDetails details = await (await app.GetAsync($"searches/{id}")).ShouldBeAsync<SearchDetails>(HttpStatusCode.OK);
        details.StopReason.ShouldBe(StopReasons.Deadline);
        SearchFront front = await FrontAsync(app, id);
        front.Labels.ShouldBe(wanted.Length - 1);
        front.Front.ShouldAllBe(point => point.TestAccuracy == null && point.Accuracy == point.Index % 100);
        (await TellAsync(app, id, wanted[^1].Index, """{"accuracy":50}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LabelsAsync(app, id, "")).Single(label => label.Index == wanted[^1].Index).Accuracy.ShouldBe(50);
    }

    [Theory]
    [InlineData("""{"dataset":"tools","device":"flops","labels":{"by":"you"}}""", "labels")]
    [InlineData("""{"dataset":"tools","device":"fpga","labels":{"by":"you","imageSize":32,"classes":5}}""", "device")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"by":"me"}}""", "labels.by")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"by":"you","deadlineHours":0}}""", "labels.deadlineHours")]
    [InlineData("""{"dataset":"cifar10","device":"fpga","labels":{"by":"table","classes":3}}""", "labels")]
    public async Task What_is_wrong_with_a_request_is_blamed(string body, string field)
    {
        await using AppHost app = await AppHost.StartAsync();
        await (await app.PostAsync("searches", HttpAnswers.Json(body))).ShouldBlameAsync(field);
    }

    [Fact]
    public async Task A_label_that_nobody_asked_for_is_not_taken()
    {
        await using AppHost app = await AppHost.StartAsync();
        string id = await StartAsync(app, ByYou);
        LabelView[] wanted = await WantedAsync(app, id);
        int other = Enumerable.Range(0, 100).First(index => wanted.All(label => label.Index != index));

        (await TellAsync(app, id, other, """{"accuracy":80}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await (await TellAsync(app, id, wanted[0].Index, """{"accuracy":101}""")).ShouldBlameAsync("accuracy");
        await (await TellAsync(app, id, wanted[0].Index, """{}""")).ShouldBlameAsync("accuracy");
        await (await app.PostAsync($"searches/{id}/labels/claims", HttpAnswers.Json("""{"client":"","count":1}"""))).ShouldBlameAsync("client");
        string table = await StartAsync(app, ByTable);
        await app.EndOfAsync(table);
        (await TellAsync(app, table, 1, """{"accuracy":80}""")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private static async Task CompletesAsync(AppHost app, string id)
    {
        OrchestrationMetadata ended = await app.EndOfAsync(id);
        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
    }

    private static async Task<string> StartAsync(AppHost app, string body)
        => (await (await app.PostAsync("searches", HttpAnswers.Json(body))).ShouldBeAsync<StartedSearch>(HttpStatusCode.Accepted)).Id;

    private static async Task<SearchFront> FrontAsync(AppHost app, string id)
        => await (await app.GetAsync($"searches/{id}/front")).ShouldBeAsync<SearchFront>(HttpStatusCode.OK);

    private static async Task<LabelView[]> LabelsAsync(AppHost app, string id, string query)
        => [.. (await (await app.GetAsync($"searches/{id}/labels{query}")).ShouldBeAsync<LabelList>(HttpStatusCode.OK)).Labels];

    private static Task<HttpResponseMessage> TellAsync(AppHost app, string id, int index, string body)
        => app.Client.PutAsync(new Uri($"searches/{id}/labels/{index}", UriKind.Relative), HttpAnswers.Json(body), Cancellation);

    private static Task<HttpResponseMessage> ReopenAsync(AppHost app, string id, int index)
        => app.Client.DeleteAsync(new Uri($"searches/{id}/labels/{index}", UriKind.Relative), Cancellation);

    private static async Task<LabelView[]> WantedAsync(AppHost app, string id)
    {
        LabelView[] open = [];
        await app.UntilAsync(async () => await app.Runs.GetAsync(id, Cancellation) is not null && (open = await LabelsAsync(app, id, "?status=open")).Length > 0, "labels are wanted");
        return open;
    }

    private static async Task AnswerAllAsync(AppHost app, string id)
    {
        ConcurrentDictionary<int, bool> told = [];
        await app.UntilAsync(
            async () =>
            {
                foreach (LabelView label in await LabelsAsync(app, id, "?status=open"))
                {
                    (await TellAsync(app, id, label.Index, FormattableString.Invariant($$"""{"accuracy":{{Fpga.ValidationAccuracy[label.Index]}}}"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
                    told[label.Index] = true;
                }

                return (await app.Durable.GetInstanceAsync(id, Cancellation))!.IsCompleted;
            },
            "the search has ended");
    }

    private async Task<string> RunClientAsync(AppHost app, string id, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        string table = Path.Combine(folder, "table.json");
        await File.WriteAllTextAsync(table, PelNasJson.Serialize(Fpga.ValidationAccuracy), Cancellation);
        string script = Path.Combine(folder, "run.py");
        await File.WriteAllTextAsync(
            script,
            $$"""
            import json, sys
            sys.path.insert(0, {{PelNasJson.Serialize(Path.Combine(AppContext.BaseDirectory, "clients"))}})
            import ask_and_tell
            table = json.load(open({{PelNasJson.Serialize(table)}}))
            def accuracy_of(index, model_file):
                assert f"Cell {index} of" in open(model_file).read()
                return table[index]
            ask_and_tell.accuracy_of = accuracy_of
            ask_and_tell.WAIT_SECONDS = 0.05
            ask_and_tell.main({{PelNasJson.Serialize(app.Client.BaseAddress!.ToString())}}, {{PelNasJson.Serialize(app.Services.GetRequiredService<FunctionKeys>().Default)}}, "{{id}}", "{{name}}")
            """,
            Cancellation);
        using Process process = Process.Start(new ProcessStartInfo(Python, [script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }
}

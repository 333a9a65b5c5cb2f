using PelNas.Shared.Reports.Html;

namespace PelNas.Functions.Tests.Chat;

/// <summary>Plants a key, has the server quote it back wherever it can, and looks for it in all that a run wrote.</summary>
public sealed class PlantedKeyTests : FolderTest
{
    public static TheoryData<string> Providers => new("azure-openai", "openai");

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_key_is_in_nothing_that_a_search_wrote(string provider)
    {
        int turn = -1;
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => Interlocked.Increment(ref turn) % 3 == 1
            ? new Refused(
                500, LoopbackModel.Key, $"Key {LoopbackModel.Key} overheated", ("x-key", LoopbackModel.Key), ("retry-after-ms", "1"))
            : StandInModel.Answer(request));

        await LookAsync(model, provider, OrchestrationRuntimeStatus.Completed);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_key_is_in_nothing_that_a_failed_search_wrote(string provider)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            _ => new Refused(401, LoopbackModel.Key, $"Incorrect API key provided: {LoopbackModel.Key}."));

        await LookAsync(model, provider, OrchestrationRuntimeStatus.Failed);
    }

    private async Task LookAsync(LoopbackModel model, string provider, OrchestrationRuntimeStatus status)
    {
        using LogLines log = new();
        TelemetryDump telemetry = new();
        string failure = "";
        SearchResult result;
        SearchAppSettings settings = ChatSettings.For(Folder.Path, provider, model) with { Log = log };
        using (telemetry.Listen())
        {
            await using SearchApp app = await SearchApp.StartAsync(settings);
            OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch(generations: 1));
            ended.RuntimeStatus.ShouldBe(status);
            failure = $"{ended.FailureDetails} {ended.SerializedOutput} {ended.SerializedCustomStatus}";
            result = await app.ResultAsync();
            RunContent content = (await RunContent.LoadAsync(app.Runs, SearchApp.RunId, Cancellation))!;
            string report = HtmlReport.Render(RunReport.Of(
                content, result, PlotPoint.ExactFrontOf(SearchApp.Tables.GetContext("cifar10", "fpga"), LabelSources.Validation)));
            await ResultFiles.WriteAsync(Path.Combine(Folder.Path, "result"), result, report, Cancellation);
        }

        model.Requests.ShouldAllBe(request => request.Key == LoopbackModel.Key);
        failure.ShouldNotContain(LoopbackModel.Key);
        result.ToJson().ShouldNotContain(LoopbackModel.Key);
        telemetry.Text.ShouldNotBeEmpty();
        telemetry.Text.ShouldNotContain(LoopbackModel.Key);
        log.Lines.ShouldNotBeEmpty();
        log.Lines.ShouldAllBe(line => !line.Message.Contains(LoopbackModel.Key, StringComparison.Ordinal));
        log.Exceptions.ShouldAllBe(exception => !exception.Contains(LoopbackModel.Key, StringComparison.Ordinal));
        string[] files = Directory.GetFiles(Folder.Path, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => file.EndsWith("store.db", StringComparison.Ordinal));
        files.ShouldContain(file => file.EndsWith("report.html", StringComparison.Ordinal));
        files.ShouldContain(file => file.EndsWith("history.db", StringComparison.Ordinal));
        foreach (string file in files)
        {
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation))
                .ShouldNotContain(LoopbackModel.Key, customMessage: file);
        }
    }
}

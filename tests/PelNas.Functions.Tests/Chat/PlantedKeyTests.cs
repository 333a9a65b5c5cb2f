using System.Text;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Tests.Support;
using PelNas.LoopbackModels;

namespace PelNas.Functions.Tests.Chat;

/// <summary>Plants a key, has the server quote it back wherever it can, and looks for it in all that a run wrote.</summary>
public sealed class PlantedKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_key_is_in_nothing_that_a_search_wrote()
    {
        int turn = -1;
        await using LoopbackModel model = await LoopbackModel.StartAsync(request => Interlocked.Increment(ref turn) % 3 == 1
            ? new Refused(500, LoopbackModel.Key + "!", $"Key {LoopbackModel.Key} overheated", ("x-key", LoopbackModel.Key), ("retry-after-ms", "1"))
            : StandInModel.Answer(request));

        await LookAsync(model, OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task The_key_is_in_nothing_that_a_failed_search_wrote()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            _ => new Refused(401, "invalid_api_key", $"Incorrect API key provided: {LoopbackModel.Key}."));

        await LookAsync(model, OrchestrationRuntimeStatus.Failed);
    }

    public void Dispose() => _folder.Dispose();

    private async Task LookAsync(LoopbackModel model, OrchestrationRuntimeStatus status)
    {
        using LogLines log = new();
        TelemetryDump telemetry = new();
        string failure = "";
        string result = "";
        SearchAppSettings settings = ChatSettings.For(_folder.Path, "azure-openai", model) with { Log = log };
        using (telemetry.Listen())
        {
            await using SearchApp app = await SearchApp.StartAsync(settings);
            OrchestrationMetadata ended = await app.RunAsync(SearchApp.SmallSearch(generations: 1));
            ended.RuntimeStatus.ShouldBe(status);
            failure = $"{ended.FailureDetails} {ended.SerializedOutput} {ended.SerializedCustomStatus}";
            result = (await app.ResultAsync()).ToJson();
        }

        model.Requests.ShouldAllBe(request => request.Key == LoopbackModel.Key);
        failure.ShouldNotContain(LoopbackModel.Key);
        result.ShouldNotContain(LoopbackModel.Key);
        telemetry.Text.ShouldNotBeEmpty();
        telemetry.Text.ShouldNotContain(LoopbackModel.Key);
        log.Lines.ShouldNotBeEmpty();
        log.Lines.ShouldAllBe(line => !line.Message.Contains(LoopbackModel.Key, StringComparison.Ordinal));
        log.Exceptions.ShouldAllBe(exception => !exception.Contains(LoopbackModel.Key, StringComparison.Ordinal));
        string[] files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => file.EndsWith("store.db", StringComparison.Ordinal));
        files.ShouldContain(file => file.EndsWith("history.db", StringComparison.Ordinal));
        foreach (string file in files)
        {
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(LoopbackModel.Key, customMessage: file);
        }
    }
}

using Microsoft.DurableTask.Client;
using PelNas.LoopbackModels;
using PelNas.Shared.Reports;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Tests.Support;

/// <summary>A whole search on a hurried clock, whose proposer is a server that fails as a test tells it to.</summary>
internal static class FaultSearch
{
    private static readonly Lazy<Task<IReadOnlyList<FrontPoint>>> Faultless = new(RunFaultlessAsync);

    public static SearchRequest Request => SearchApp.SmallSearch(generations: 1) with { ProposalsPerPartition = 4 };

    /// <summary>The front of the search when nothing fails.</summary>
    public static Task<IReadOnlyList<FrontPoint>> FaultlessFrontAsync() => Faultless.Value;

    /// <summary>Runs the search; the result is null when it has failed.</summary>
    public static async Task<(OrchestrationMetadata Ended, SearchResult? Result)> RunAsync(LoopbackModel model, TemporaryFolder folder, string timeout = "00:30:00")
    {
        SearchAppSettings settings = ChatSettings.For(folder.Path, "azure-openai", model) with { Clock = new HurriedTimeProvider(100) };
        await using SearchApp app = await SearchApp.StartAsync(settings with
        {
            Configuration = new Dictionary<string, string>(settings.Configuration) { ["PelNas:Chat:Timeout"] = timeout },
        });
        OrchestrationMetadata ended = await app.RunAsync(Request);
        return (ended, ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? await app.ResultAsync() : null);
    }

    private static async Task<IReadOnlyList<FrontPoint>> RunFaultlessAsync()
    {
        using TemporaryFolder folder = new();
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        (_, SearchResult? result) = await RunAsync(model, folder);
        return result!.Front;
    }
}

using PelNas.Shared.Predictor.Priors;

namespace PelNas.Functions.Tests.Support;

/// <summary>A whole search on a hurried clock, whose proposer is a server that fails as a test tells it to.</summary>
internal static class FaultSearch
{
    private static readonly Lazy<Task<IReadOnlyList<FrontPoint>>> Faultless = new(RunFaultlessAsync);

    /// <summary>Without a prior, so that what fails is a call after the first labels.</summary>
    public static SearchRequest Request
        => SearchApp.SmallSearch(generations: 1) with { ProposalsPerPartition = 4, Prior = PriorSources.None };

    /// <summary>The front of the search when nothing fails.</summary>
    public static Task<IReadOnlyList<FrontPoint>> FaultlessFrontAsync() => Faultless.Value;

    /// <summary>Runs the search against a server.</summary>
    public static Task<FaultOutcome> RunAsync(LoopbackModel model, TemporaryFolder folder, string timeout = "00:30:00")
        => RunAsync(ChatSettings.For(folder.Path, "azure-openai", model), timeout);

    /// <summary>Runs the search with settings of the proposer.</summary>
    public static async Task<FaultOutcome> RunAsync(
        SearchAppSettings settings, string timeout = "00:30:00", string prior = PriorSources.None)
    {
        await using SearchApp app = await SearchApp.StartAsync(settings.With("PelNas:Chat:Timeout", timeout) with
        {
            Clock = new HurriedTimeProvider(100),
        });
        OrchestrationMetadata ended = await app.RunAsync(Request with { Prior = prior });
        IReadOnlyList<SpendingRow> spending = await app.Runs.ListSpendingAsync(SearchApp.RunId, Cancellation);
        return new FaultOutcome(ended, await app.ResultAsync(), spending);
    }

    private static async Task<IReadOnlyList<FrontPoint>> RunFaultlessAsync()
    {
        using TemporaryFolder folder = new();
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        return (await RunAsync(model, folder)).Result.Front;
    }
}

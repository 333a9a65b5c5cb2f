using PelNas.Functions.Orchestrations;
using PelNas.Shared.Partitioning;

namespace PelNas.Functions.Http.Searches;

/// <summary><c>GET /searches/{id}</c>: one search, from the moment it was accepted.</summary>
public sealed class GetSearch(RunRepository runs)
{
    [Function(nameof(GetSearch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        SearchState state = await SearchState.GetAsync(runs, client, id, cancellationToken);
        FrontRow? front = state switch
        {
            { Row: null } => null,
            // While a search runs it is asked every other second, and its history grows long.
            { Progress: { } progress } =>
                await runs.FindAsync<FrontRow>(id, new GenerationKey(progress.Generation, GenerationKinds.Front), cancellationToken),
            _ => (await runs.GetHistoryAsync(id, cancellationToken)).Front,
        };
        string? fault = state.Status == SearchStatus.Running
            ? await runs.FindFaultAsync(id, (front?.Round.Generation ?? -1) + 1, cancellationToken)
            : null;
        return JsonResults.Of(SearchDetails.Of(state, front?.Round.RunAnswers ?? RunAnswers.None, fault));
    }
}

/// <summary>The answer to <c>GET /searches/{id}</c>.</summary>
/// <param name="Progress">How far it is; null before the first generation is done.</param>
/// <param name="Partitions">Its partitions; none until it is planned.</param>
/// <param name="Proposer">Who proposes architectures; <c>offline</c> is a rule-based stand-in. Null until it is planned.</param>
/// <param name="ProposerWarning">
/// That a third or more of its answers, of the run or of a generation, could not be used, with the reasons and a sample; null when it is
/// not so. Untrusted text.
/// </param>
/// <param name="ProposerAnswers">How many answers it gave up to the last finished generation, and which of them could not be used.</param>
/// <param name="ProviderFault">
/// Why the provider last gave no answer to a call of the generation under way, and how to mend it; the search asks again by itself, and
/// fails if that lasts. Null while it answers.
/// </param>
/// <param name="Predictor">What predicts accuracies. Null until it is planned.</param>
/// <param name="DeviceTable">Version of the uploaded latency table in use; null with a table that ships.</param>
/// <param name="StartedAt">UTC start; null until it is planned.</param>
/// <param name="FinishedAt">UTC end; null while it runs.</param>
/// <param name="StopReason">Why it ended: <c>generations</c>, <c>labels</c>, <c>llm-calls</c>, <c>usd</c> or <c>exhausted</c>.</param>
/// <param name="Spent">What its calls have cost; null while it runs and with the offline proposer.</param>
/// <param name="Unconfirmed">The part of it that is charged at the most, since only the provider knows what it cost; null likewise.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
public sealed record SearchDetails(
    string Id,
    SearchStatus Status,
    SearchProgress? Progress,
    SearchRequest Request,
    IReadOnlyList<PartitionPlan> Partitions,
    string? Proposer,
    string? ProposerWarning,
    AnswerTally ProposerAnswers,
    string? ProviderFault,
    string? Predictor,
    string? DeviceTable,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    string? StopReason,
    ChatUsage? Spent,
    ChatUsage? Unconfirmed,
    SearchFailure? Failure)
{
    internal static SearchDetails Of(SearchState state, RunAnswers answers, string? providerFault) => new(
        state.Id,
        state.Status,
        state.Progress,
        state.Request,
        state.Row?.Partitions ?? [],
        state.Row?.Proposer,
        answers.Warning(),
        answers.All,
        providerFault,
        state.Row?.Predictor,
        state.Row?.DeviceTable,
        state.Row?.StartedAt,
        state.Row?.FinishedAt,
        state.Row?.StopReason,
        state.Row?.Spent,
        state.Row?.Unconfirmed,
        state.Failure);
}

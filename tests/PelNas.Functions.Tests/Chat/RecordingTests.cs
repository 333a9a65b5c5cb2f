namespace PelNas.Functions.Tests.Chat;

public sealed class RecordingTests : FolderTest
{
    private string Recording => Path.Combine(Folder.Path, "recording.jsonl");

    [Fact]
    public async Task A_recorded_run_replays_with_no_network_to_the_same_result()
    {
        SearchResult recorded = await RecordAsync(StandInModel.Answer, SearchApp.SmallSearch());

        // The server is gone by now.
        (OrchestrationMetadata ended, SearchResult? replayed) = await ReplayAsync(SearchApp.SmallSearch());

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        replayed!.Proposer.ShouldBe($"replay of azure-openai/{LoopbackModel.Model}");
        replayed.Front.ShouldBe(recorded.Front);
        replayed.Metrics.ShouldBe(recorded.Metrics);
        replayed.Counts.FilledIn.ShouldBe(recorded.Counts.FilledIn);
        replayed.Counts.Usd.ShouldBe(0);
        File.ReadAllText(Recording).ShouldNotContain(LoopbackModel.Key);
    }

    [Fact]
    public async Task Bad_answers_and_a_budget_that_ran_out_replay_too()
    {
        int turn = 0;
        SearchRequest request = SearchApp.SmallSearch() with { MaxLlmCalls = 17 };
        SearchResult recorded = await RecordAsync(
            asked => Interlocked.Increment(ref turn) % 3 == 0 ? Known.Filtered : new Answer("no"), request);
        recorded.StopReason.ShouldBe(StopReasons.LlmCalls);

        (_, SearchResult? replayed) = await ReplayAsync(request);

        replayed!.StopReason.ShouldBe(recorded.StopReason);
        replayed.Front.ShouldBe(recorded.Front);
        replayed.Counts.FilledIn.ShouldBe(recorded.Counts.FilledIn);
    }

    [Fact]
    public async Task Refusals_replay_too_and_get_no_repair_turn()
    {
        int turn = 0;
        SearchResult recorded = await RecordAsync(
            asked => Interlocked.Increment(ref turn) % 2 == 0
                ? new Answer("", "stop", "I cannot help with that.")
                : StandInModel.Answer(asked),
            SearchApp.SmallSearch());

        (OrchestrationMetadata ended, SearchResult? replayed) = await ReplayAsync(SearchApp.SmallSearch());

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        replayed!.Front.ShouldBe(recorded.Front);
        replayed.Counts.FilledIn.ShouldBe(recorded.Counts.FilledIn);
    }

    [Fact]
    public async Task Another_request_is_not_in_the_recording_and_says_so()
    {
        await RecordAsync(StandInModel.Answer, SearchApp.SmallSearch(generations: 1));

        (OrchestrationMetadata ended, _) = await ReplayAsync(SearchApp.SmallSearch(generations: 1) with { Seed = 2 });

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails!.ToString().ShouldContain("another request, seed, budget or version");
    }

    private async Task<SearchResult> RecordAsync(Func<ReceivedRequest, ModelTurn> script, SearchRequest request)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(script);
        SearchAppSettings settings = ChatSettings.For(Path.Combine(Folder.Path, "recorded"), "azure-openai", model);
        await using SearchApp app = await SearchApp.StartAsync(settings.With("PelNas:Chat:Record", Recording));
        await app.RunAsync(request);
        return await app.ResultAsync();
    }

    private async Task<(OrchestrationMetadata Ended, SearchResult? Result)> ReplayAsync(SearchRequest request)
    {
        SearchAppSettings settings =
            new(Path.Combine(Folder.Path, "replayed")) { UseConfiguredProposer = true, Clock = TimeProvider.System };
        await using SearchApp app = await SearchApp.StartAsync(settings.With("PelNas:Chat:Replay", Recording));
        OrchestrationMetadata ended = await app.RunAsync(request);
        return (ended, ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? await app.ResultAsync() : null);
    }
}

using Microsoft.DurableTask.Client;
using PelNas.Functions.Tests.Support;
using PelNas.LoopbackModels;
using PelNas.Shared.Reports;

namespace PelNas.Functions.Tests.Chat;

/// <summary>What a whole search does when no answer comes at all, and when it is asked to wait for long.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Turn> PassingFaults => new()
    {
        { "429 with a long wait", Known.TooManyRequests(("retry-after-ms", "86000")) },
        { "no answer within the time-out", new Silence("never seen") },
        { "slow drip", new Drip("never seen in full") },
    };

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task One_that_passes_changes_nothing_but_time(string name, Turn fault)
    {
        int turn = -1;
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            request => Interlocked.Increment(ref turn) == 1 ? fault : StandInModel.Answer(request));

        (OrchestrationMetadata ended, SearchResult? result) = await FaultSearch.RunAsync(model, _folder, timeout: "00:05:00");

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, name);
        result!.Front.ShouldBe(await FaultSearch.FaultlessFrontAsync(), name);
        result.Counts.OutputTokens.ShouldBeGreaterThanOrEqualTo(model.Bill.OutputTokens, name);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_fails_the_search_before_anything_is_sent()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer, tls: true);

        (OrchestrationMetadata ended, _) = await FaultSearch.RunAsync(model, _folder);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails!.ToString().ShouldContain("certificate");
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_stays_away_fails_the_search_after_the_durable_timers()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await model.StopListeningAsync();

        (OrchestrationMetadata ended, _) = await FaultSearch.RunAsync(model, _folder);

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        ended.FailureDetails!.ToString().ShouldContain("cannot be reached");
    }

    public void Dispose() => _folder.Dispose();
}

using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PelNas.Functions.Tests.Support;
using PelNas.LoopbackModels;
using PelNas.Shared.Llm;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Reports;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Tests.Chat;

/// <summary>What a whole search does when no answer comes at all, and when it is asked to wait for long.</summary>
public sealed class OutageTests : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(200);

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

        (OrchestrationMetadata ended, SearchResult result) = await FaultSearch.RunAsync(model, _folder, timeout: "00:05:00");

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, name);
        result.Front.ShouldBe(await FaultSearch.FaultlessFrontAsync(), name);
        result.Counts.OutputTokens.ShouldBeGreaterThanOrEqualTo(model.Bill.OutputTokens, name);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_fails_the_search_before_anything_is_sent()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer, tls: true);

        FaultOutcome outcome = await FaultSearch.RunAsync(model, _folder);

        outcome.ShouldHaveFailedWithoutLoss("certificate");
        outcome.Why.ShouldContain("certificate");
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_stays_away_fails_the_search_after_the_durable_timers()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await model.StopListeningAsync();

        FaultOutcome outcome = await FaultSearch.RunAsync(model, _folder);

        outcome.ShouldHaveFailedWithoutLoss("nobody listens");
        outcome.Why.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_host_that_drops_all_connections_fails_the_search_after_the_durable_timers()
    {
        using SilentHost host = await SilentHost.StartAsync(ConnectTimeout, TestContext.Current.CancellationToken);
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        SearchAppSettings settings = ChatSettings.For(_folder.Path, "azure-openai", model);

        FaultOutcome outcome = await FaultSearch.RunAsync(settings with
        {
            Configuration = new Dictionary<string, string>(settings.Configuration) { ["PelNas:Chat:Endpoint"] = host.Address.ToString() },

            // The transport keeps its limit by real time, and each of the twenty attempts takes it.
            Configure = services => services.AddSingleton(provider => new ChatPipeline(
                new OfflineChatClient(provider.GetRequiredService<ISearchSpace>()),
                provider.GetRequiredService<IAnswerStore>(),
                () => throw new InvalidOperationException("A key was set."),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>())
            {
                ConnectTimeout = ConnectTimeout,
            }),
        });

        outcome.ShouldHaveFailedWithoutLoss("dropped connections");
        outcome.Why.ShouldContain("takes no connection");
        outcome.Spending.Sum(row => row.Refused).ShouldBeGreaterThanOrEqualTo(20);
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_identity_whose_service_refuses_a_token_fails_the_search_after_the_durable_timers()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer, tls: true);
        await using RefusingIdentity identity = await RefusingIdentity.StartAsync();
        SearchAppSettings settings = ChatSettings.For(_folder.Path, "azure-openai", model);

        FaultOutcome outcome = await FaultSearch.RunAsync(settings with
        {
            ApiKey = "",
            Configuration = new Dictionary<string, string>(settings.Configuration) { ["AZURE_CLIENT_ID"] = RefusingIdentity.ClientId },
        });

        outcome.ShouldHaveFailedWithoutLoss("identity");
        outcome.Why.ShouldContain("the Azure identity could not be signed in just now");
        outcome.Why.ShouldNotContain(RefusingIdentity.Secret);
        identity.Requests.ShouldBeGreaterThanOrEqualTo(20);
        model.Requests.ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();
}

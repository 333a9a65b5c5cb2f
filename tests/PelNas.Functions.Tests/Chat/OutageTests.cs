using PelNas.Shared.Llm;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Tests.Chat;

/// <summary>What a whole search does when no answer comes at all, and when it is asked to wait for long.</summary>
public sealed class OutageTests : FolderTest
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(200);

    public static TheoryData<string, ModelTurn> PassingFaults => new()
    {
        { "429 with a long wait", Known.TooManyRequests(("retry-after-ms", "86000")) },
        { "no answer within the time-out", new Silence("never seen") },
        { "slow drip", new Drip("never seen in full") },
    };

    [Theory]
    [MemberData(nameof(PassingFaults), DisableDiscoveryEnumeration = true)]
    public async Task One_that_passes_changes_nothing_but_time(string name, ModelTurn fault)
    {
        int turn = -1;
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            request => Interlocked.Increment(ref turn) == 1 ? fault : StandInModel.Answer(request));

        (OrchestrationMetadata ended, SearchResult result) = await FaultSearch.RunAsync(model, Folder, timeout: "00:05:00");

        ended.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed, name);
        result.Front.ShouldBe(await FaultSearch.FaultlessFrontAsync(), name);
        result.Counts.OutputTokens.ShouldBeGreaterThanOrEqualTo(model.Bill.OutputTokens, name);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_fails_the_search_before_anything_is_sent()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer, tls: true);

        FaultOutcome outcome = await FaultSearch.RunAsync(model, Folder);

        outcome.ShouldHaveFailedWithoutLoss("certificate");
        outcome.Why.ShouldContain("certificate");
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_stays_away_fails_the_search_after_the_durable_timers()
    {
        using ClosedPort nobody = new();
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);

        FaultOutcome outcome = await FaultSearch.RunAsync(
            ChatSettings.For(Folder.Path, "azure-openai", model).With("PelNas:Chat:Endpoint", $"{nobody.Address}"));

        outcome.ShouldHaveFailedWithoutLoss("nobody listens");
        outcome.Why.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_server_that_vanishes_in_mid_run_is_told_while_it_is_away_and_the_search_can_go_on_when_it_is_back()
    {
        const int Answered = 3;
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim vanishing = new();
        int turn = 0;
        await using LoopbackModel model = await LoopbackModel.StartAsync(request =>
        {
            if (Interlocked.Increment(ref turn) <= Answered)
            {
                return StandInModel.Answer(request);
            }

            asked.TrySetResult();
            vanishing.Wait(Cancellation);
            return new Reset();
        });
        SearchApp app = null!;
        ConcurrentQueue<SearchDetails> away = [];
        SearchAppSettings settings = ChatSettings.For(Folder.Path, "azure-openai", model) with
        {
            Clock = new HurriedTimeProvider(100),
            EnableHttp = true,

            // The search is looked at where a step has failed, before it can go on from there.
            Configure = services => services.AroundActivities(async (_, run) =>
            {
                try
                {
                    return await run();
                }
                catch (ProposerUnavailableException)
                {
                    away.Enqueue(await ShowAsync(app));
                    throw;
                }
            }),
        };
        await using SearchApp started = app = await SearchApp.StartAsync(settings);
        await app.ScheduleAsync(FaultSearch.Request);
        await Awaiting.For(asked.Task, "the call in which the server vanishes");
        Task stop = model.StopListeningAsync();
        vanishing.Set();
        await stop;

        OrchestrationMetadata failed = await app.FinishAsync();
        away.ShouldAllBe(search => search.Status == SearchStatus.Running);
        away.ShouldContain(search => search.ProviderFault!.Contains("cannot be reached", StringComparison.Ordinal));
        failed.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        failed.FailureDetails!.Cause().ErrorMessage.ShouldContain("cannot be reached");

        await using LoopbackModel back = await LoopbackModel.StartAsync(StandInModel.Answer, port: model.BaseUri.Port);
        (await app.PostAsync($"searches/{SearchApp.RunId}/resume")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await app.FinishAsync()).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        (await ShowAsync(app)).ProviderFault.ShouldBeNull();
        (await app.ResultAsync()).Front.ShouldBe(await FaultSearch.FaultlessFrontAsync());
        IEnumerable<string> paid = model.Requests.Take(Answered).Select(request => request.Messages[1]);
        back.Requests.Select(request => request.Messages[1]).Intersect(paid).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_drops_all_connections_fails_the_search_after_the_durable_timers()
    {
        using SilentHost host = SilentHost.Start(ConnectTimeout);
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        SearchAppSettings settings = ChatSettings.For(Folder.Path, "azure-openai", model);

        FaultOutcome outcome = await FaultSearch.RunAsync(settings.With("PelNas:Chat:Endpoint", $"{host.Address}") with
        {
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
        SearchAppSettings settings = ChatSettings.For(Folder.Path, "azure-openai", model);

        FaultOutcome outcome = await FaultSearch.RunAsync(settings.With("AZURE_CLIENT_ID", RefusingIdentity.ClientId) with { ApiKey = "" });

        outcome.ShouldHaveFailedWithoutLoss("identity");
        outcome.Why.ShouldContain("the Azure identity could not be signed in just now");
        outcome.Why.ShouldNotContain(RefusingIdentity.Secret);
        identity.Requests.ShouldBeGreaterThanOrEqualTo(20);
        model.Requests.ShouldBeEmpty();
    }

    private static Task<SearchDetails> ShowAsync(SearchApp app) => app.GetAsync<SearchDetails>($"searches/{SearchApp.RunId}");
}

using System.Diagnostics;
using PelNas.Shared.Llm;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor.Priors;

namespace PelNas.Functions.Tests.Telemetry;

/// <summary>The trace of a whole search, as the app collects it, from its orchestration to the requests that reach an LLM.</summary>
public sealed class SearchTraceTests : IDisposable
{
    private const int Partitions = 6;
    private const string First = "20260301-120000-traced";
    private const string Second = "20260301-120000-tracedagain";
    private static readonly string[] Asking = ["AskPrior", "UpdateHeuristics", "MutateArchitectures"];
    private static readonly SearchRequest Request = SearchApp.SmallSearch(generations: 1);

    private readonly TemporaryFolder _folder = new();
    private readonly SpanMemory _memory = new();

    [Fact]
    public async Task It_goes_from_the_orchestration_over_its_steps_and_chats_to_the_requests()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await RunAsync(Settings(model), First);

        Trace trace = TraceOf(First);
        Activity search = trace.Orchestrations.Single(span => InstanceOf(span) == First);
        search.DisplayName.ShouldStartWith("orchestration:SearchOrchestrator");
        Activity[] partitions = [.. trace.Orchestrations.Where(span => span != search)];
        partitions.Select(InstanceOf).ShouldBe(
            Enumerable.Range(0, 2).SelectMany(
                generation => Enumerable.Range(0, Partitions).Select(partition => $"{First}-g{generation}-p{partition}")),
            ignoreOrder: true);
        partitions.ShouldAllBe(span => trace.OrchestrationAround(span) == search);

        trace.Requests.Length.ShouldBe(model.Requests.Count);
        trace.Requests.Length.ShouldBeGreaterThanOrEqualTo(Partitions * 2);
        foreach (Activity request in trace.Requests)
        {
            Activity chat = trace.ParentOf(request);
            chat.Source.Name.ShouldBe(ChatPipeline.TelemetrySource);
            chat.GetTagItem(TelemetryNames.AnswerSource).ShouldBe(AnswerSources.Provider);
            Activity step = trace.ParentOf(chat);
            Asking.ShouldContain(step.OperationName);
            InstanceOf(trace.OrchestrationAround(step))
                .ShouldBe(step.OperationName == "AskPrior" ? First : $"{First}-g1-p{step.GetTagItem(TelemetryNames.Partition)}");
            ShouldBeAtThePlaceOf(step, chat);
            ShouldBeAtThePlaceOf(step, request);
        }

        trace.Steps.ShouldAllBe(step => step.GetTagItem(TelemetryNames.RunId) as string == First);
        trace.Steps.Where(step => trace.OrchestrationAround(step) == search).Select(step => step.OperationName).Distinct()
            .ShouldBe(["PlanSearch", "AskPrior", "ChooseLabels", "ComputeParetoFront", "FinishSearch"], ignoreOrder: true);
    }

    [Fact]
    public async Task Answers_from_the_store_have_a_chat_at_their_place_and_no_request()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer);
        await RunAsync(Settings(model), First, Second);

        ShouldBeAnsweredBy(AnswerSources.Cache, Second, "azure.ai.openai");
    }

    [Fact]
    public async Task Answers_from_a_recording_have_a_chat_at_their_place_and_no_request()
    {
        string recording = Path.Combine(_folder.Path, "recording.jsonl");
        await using (LoopbackModel model = await LoopbackModel.StartAsync(StandInModel.Answer))
        {
            await RunAsync(Settings(model).With("PelNas:Chat:Record", recording), First);
        }

        SearchAppSettings replayed =
            new(Path.Combine(_folder.Path, "replayed")) { UseConfiguredProposer = true, Clock = TimeProvider.System };
        await RunAsync(replayed.With("PelNas:Chat:Replay", recording), Second);

        ShouldBeAnsweredBy(AnswerSources.Replay, Second, "azure.ai.openai");
    }

    [Fact]
    public async Task Answers_of_the_stand_in_have_a_chat_at_their_place_and_no_request()
    {
        await RunAsync(new SearchAppSettings(_folder.Path) { UseConfiguredProposer = true, Clock = TimeProvider.System }, First);

        ShouldBeAnsweredBy(AnswerSources.Offline, First, "offline");
    }

    [Fact]
    public async Task What_was_spent_is_on_the_steps_also_when_the_search_fails_afterwards()
    {
        // One partition, so that the first call is that of its reasoner and all after it fail.
        int turn = 0;
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            request => Interlocked.Increment(ref turn) == 1 ? StandInModel.Answer(request) : Known.WrongKey(Dialect.AzureOpenAI));
        await using (SearchApp app = await SearchApp.StartAsync(Settings(model) with { Configure = _memory.AddTo }))
        {
            (await app.RunAsync(Request with
            {
                PartitionScheme = PartitionSchemes.None,
                Partitions = 1,
                Prior = PriorSources.None,
            }, First)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        }

        Trace trace = TraceOf(First);
        trace.Steps.ShouldContain(step => step.OperationName == "MutateArchitectures" && step.Status == ActivityStatusCode.Error);
        trace.Steps.Sum(step => step.GetTagItem(TelemetryNames.LlmCalls) as int? ?? 0).ShouldBe(model.Bill.Requests);
        trace.Steps.Sum(step => step.GetTagItem(TelemetryNames.LlmCost) as double? ?? 0)
            .ShouldBe(((model.Bill.InputTokens * 0.4) + (model.Bill.OutputTokens * 1.6)) / 1e6, 1e-9);
        model.Bill.Requests.ShouldBe(1);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _folder.Dispose();
    }

    private static void ShouldBeAtThePlaceOf(Activity step, Activity span)
    {
        // The question for a prior belongs to the whole run.
        string[] place = step.OperationName == "AskPrior"
            ? [TelemetryNames.RunId]
            : [TelemetryNames.RunId, TelemetryNames.Partition, TelemetryNames.Generation];
        foreach (string name in place)
        {
            span.GetTagItem(name).ShouldBe(step.GetTagItem(name).ShouldNotBeNull(name), $"{name} of {span.DisplayName}");
        }
    }

    private SearchAppSettings Settings(LoopbackModel model) => ChatSettings.For(_folder.Path, "azure-openai", model);

    private static string? InstanceOf(Activity orchestration) => orchestration.GetTagItem("durabletask.task.instance_id") as string;

    private Trace TraceOf(string runId) => new(_memory.Of(runId));

    private void ShouldBeAnsweredBy(string source, string runId, string provider)
    {
        Trace trace = TraceOf(runId);
        trace.Requests.ShouldBeEmpty();
        // Two a partition, and the question for a prior, which the stand-in is not asked.
        trace.Chats.Length.ShouldBe((Partitions * 2) + (source == AnswerSources.Offline ? 0 : 1));
        foreach (Activity chat in trace.Chats)
        {
            chat.GetTagItem(TelemetryNames.AnswerSource).ShouldBe(source);
            chat.GetTagItem("gen_ai.operation.name").ShouldBe("chat");
            chat.GetTagItem("gen_ai.provider.name").ShouldBe(provider);
            Activity step = trace.ParentOf(chat);
            Asking.ShouldContain(step.OperationName);
            ShouldBeAtThePlaceOf(step, chat);
        }
    }

    /// <summary>
    /// Runs searches, and the host to its end: the span of an orchestration is sent after whoever waits for it has been told.
    /// </summary>
    private async Task RunAsync(SearchAppSettings settings, params string[] runIds)
    {
        await using SearchApp app = await SearchApp.StartAsync(settings with { Configure = _memory.AddTo });
        foreach (string runId in runIds)
        {
            (await app.RunAsync(Request, runId)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        }
    }

    /// <summary>The spans of a trace by their kind.</summary>
    private sealed class Trace(IReadOnlyList<Activity> spans)
    {
        // Whoever starts one has a span of the same name, of another kind, and so has a step.
        public Activity[] Orchestrations =>
        [
            .. By("DurableTask.Core").Where(
                span => span.Kind == ActivityKind.Server && span.DisplayName.StartsWith("orchestration:", StringComparison.Ordinal)),
        ];

        public Activity[] Steps => By(TelemetryNames.Source);

        public Activity[] Chats => By(ChatPipeline.TelemetrySource);

        public Activity[] Requests => By("System.Net.Http");

        public Activity ParentOf(Activity span)
            => spans.Where(other => other.SpanId == span.ParentSpanId).ShouldHaveSingleItem($"the parent of {span.DisplayName}");

        /// <summary>The orchestration within which a span is.</summary>
        public Activity OrchestrationAround(Activity span)
        {
            Activity around = ParentOf(span);
            while (!Orchestrations.Contains(around))
            {
                around = ParentOf(around);
            }

            return around;
        }

        private Activity[] By(string source) => [.. spans.Where(span => span.Source.Name == source)];
    }
}

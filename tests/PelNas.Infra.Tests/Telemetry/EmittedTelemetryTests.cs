using PelNas.LoopbackModels;
using PelNas.Shared.Common;

namespace PelNas.Infra.Tests.Telemetry;

public sealed class EmittedTelemetryTests(ObservedApp app)
{
    private const string Chat = $"chat {LoopbackModel.Model}";

    // The name that the exporter gives to a request over HTTP.
    private const string Post = "POST /openai/deployments/gpt-4.1-mini/chat/completions";

    private IEnumerable<TelemetryRow> Spans => app.Rows.Where(row => row.Table == "AppDependencies");

    private IEnumerable<TelemetryRow> StepsOfTheSearch => Spans.Where(
        row => row.Properties.GetValueOrDefault(TelemetryNames.RunId) == ObservedApp.RunId
            && row.Properties.ContainsKey(TelemetryNames.Step));

    private string? TraceOfTheSearch => StepsOfTheSearch.Select(step => step.OperationId).Distinct().ShouldHaveSingleItem();

    [Fact]
    public void A_search_is_one_trace_from_its_plan_to_its_end_with_the_calls_to_the_LLM()
    {
        string? trace = TraceOfTheSearch;
        TelemetryRow[] spans = [.. Spans.Where(row => row.OperationId == trace && !IsEngines(row))];
        spans.Select(span => span.Name).Distinct().ShouldBe(
            ["PlanSearch", "AskPrior", "SeedPartition", "ScoreZeroCost", "ScoreLatency", "ChooseLabels",
                "ComputeParetoFront", "UpdateArchive", "UpdateHeuristics", "MutateArchitectures", "FinishSearch", Chat, Post],
            ignoreOrder: true);
        // Two calls in each of the six partitions in their one generation, the question for a prior, and the one that was turned down.
        spans.Count(span => span.Name == Chat).ShouldBe(14);
        app.Rows
            .Where(row => row.Table == "AppRequests" && row.OperationId == trace
                && row.Name.StartsWith("orchestration:", StringComparison.Ordinal))
                .Select(row => row.Name.Split('@')[0]).Distinct().ShouldBe(
                    ["orchestration:SearchOrchestrator", "orchestration:PartitionOrchestrator"], ignoreOrder: true);
    }

    [Fact]
    public void Steps_of_a_partition_say_run_partition_and_generation()
    {
        TelemetryRow[] proposals = [.. StepsOfTheSearch.Where(step => step.Name == "MutateArchitectures")];
        proposals.Select(step => step.Properties[TelemetryNames.Partition]).Order().ShouldBe(["0", "1", "2", "3", "4", "5"]);
        proposals.ShouldAllBe(step => step.Properties[TelemetryNames.Generation] == "1");
        proposals.ShouldAllBe(step => step.Properties[TelemetryNames.LlmCalls] == "1");
        StepsOfTheSearch.Where(step => step.Name == "SeedPartition").ShouldAllBe(step => step.Properties[TelemetryNames.Generation] == "0");
    }

    [Fact]
    public void Chats_and_requests_say_run_partition_and_generation_too()
    {
        TelemetryRow[] all = [.. Spans.Where(span => span.Name is Chat or Post && span.OperationId == TraceOfTheSearch)];
        all.Length.ShouldBe(28);
        all.ShouldAllBe(call => call.Properties[TelemetryNames.RunId] == ObservedApp.RunId);

        // The question for a prior, which is turned down once, is of the whole run.
        TelemetryRow[] calls = [.. all.Where(call => call.Properties.GetValueOrDefault(TelemetryNames.Generation) == "1")];
        calls.Length.ShouldBe(24);
        calls.Select(call => call.Properties[TelemetryNames.Partition]).Distinct().Order().ShouldBe(["0", "1", "2", "3", "4", "5"]);
        calls.Where(call => call.Name == Chat).ShouldAllBe(call => call.Properties[TelemetryNames.AnswerSource] == AnswerSources.Provider);
    }

    [Fact]
    public void All_telemetry_is_of_a_named_role() => app.Roles.ShouldBe(["pelnas"]);

    [Fact]
    public void The_front_of_each_generation_is_on_its_span()
    {
        TelemetryRow[] fronts = [.. StepsOfTheSearch.Where(step => step.Name == "ComputeParetoFront")];
        fronts.Length.ShouldBe(2);
        fronts.ShouldAllBe(step => double.Parse(step.Properties[TelemetryNames.Hypervolume], CultureInfo.InvariantCulture) > 0.5);
    }

    [Fact]
    public void A_failed_step_says_its_error_and_the_sweep_counts_its_search()
    {
        TelemetryRow failed = Spans.Where(span => span.Name == "ChooseLabels" && !span.Data["success"]!.GetValue<bool>())
            .ShouldHaveSingleItem();
        failed.Properties[TelemetryNames.ErrorType].ShouldBe("System.ArgumentException");
        TelemetryRow sweep = Spans.Single(span => span.Name == "CompareSweeps");
        sweep.Properties[TelemetryNames.SweepSearches].ShouldBe("2");
        sweep.Properties[TelemetryNames.SweepFailed].ShouldBe("1");
        app.Rows.Single(row => row.Name == TelemetryNames.SweepHypervolume).Properties[TelemetryNames.Dataset].ShouldBe("cifar10");
    }

    [Fact]
    public void Calls_to_the_LLM_are_counted_once_with_their_cost()
    {
        Sum(TelemetryNames.LlmCalls).ShouldBe(app.Bill.Requests);
        Sum(TelemetryNames.LlmTokens).ShouldBe(app.Bill.InputTokens + app.Bill.OutputTokens);
        Sum(TelemetryNames.LlmCost).ShouldBe(((app.Bill.InputTokens * 0.4) + (app.Bill.OutputTokens * 1.6)) / 1e6, 1e-9);
        Sum(TelemetryNames.LlmCost)
            .ShouldBe(
                Spans.Sum(span =>
                    double.Parse(span.Properties.GetValueOrDefault(TelemetryNames.LlmCost, "0"), CultureInfo.InvariantCulture)), 1e-9);
    }

    [Fact]
    public void Metrics_have_no_run_as_an_attribute()
        => app.Rows.Where(row => row.Table == "AppMetrics" && row.Properties.ContainsKey(TelemetryNames.RunId)).ShouldBeEmpty();

    [Fact]
    public void The_watchdog_counts_what_runs_and_what_is_stuck()
    {
        app.Rows.Single(row => row.Name == TelemetryNames.SearchesRunning).Data["value"]!.GetValue<double>().ShouldBe(1);
        app.Rows.Single(row => row.Name == TelemetryNames.SearchesStuck).Data["value"]!.GetValue<double>().ShouldBe(1);
    }

    [Fact]
    public void Every_name_is_sent_by_something()
    {
        HashSet<string> sent = [.. app.Rows.Select(row => row.Name), .. app.Rows.SelectMany(row => row.Properties.Keys)];
        typeof(TelemetryNames).GetFields().Where(field => field.Name != nameof(TelemetryNames.Source))
            .Select(field => (string)field.GetRawConstantValue()!).Where(name => !sent.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void The_host_is_told_that_the_worker_sends_its_own_logs()
        => app.Capabilities["WorkerOpenTelemetryEnabled"].ShouldBe(bool.TrueString);

    [Fact]
    public void Nothing_that_is_sent_holds_a_prompt_or_an_answer()
        => app.Rows.SelectMany(row => row.Properties.Keys).Distinct()
            .Where(key => key.Contains("messages", StringComparison.Ordinal) || key.Contains("instructions", StringComparison.Ordinal))
            .ShouldBeEmpty();

    // Its spans around orchestrations and steps bear its names.
    private static bool IsEngines(TelemetryRow row) => row.Properties.ContainsKey("durabletask.type");

    private double Sum(string metric)
        => app.Rows.Where(row => row.Table == "AppMetrics" && row.Name == metric).Sum(row => row.Data["value"]!.GetValue<double>());
}

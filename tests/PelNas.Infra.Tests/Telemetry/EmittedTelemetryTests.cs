using PelNas.Shared.Telemetry;

namespace PelNas.Infra.Tests.Telemetry;

public sealed class EmittedTelemetryTests(ObservedApp app)
{
    private IEnumerable<TelemetryRow> Spans => app.Rows.Where(row => row.Table == "AppDependencies");

    private IEnumerable<TelemetryRow> StepsOfTheSearch => Spans.Where(row => row.Properties.GetValueOrDefault(TelemetryNames.RunId) == ObservedApp.RunId);

    [Fact]
    public void A_search_is_one_trace_from_its_plan_to_its_end_with_the_calls_to_the_LLM()
    {
        string trace = TraceIds.Of(ObservedApp.RunId).ToHexString();
        TelemetryRow[] spans = [.. Spans.Where(row => row.OperationId == trace)];
        spans.Select(span => span.Name).Distinct().ShouldBe(
            ["PlanSearch", "SeedPartition", "ScoreZeroCost", "ScoreLatency", "ChooseLabels", "ComputeParetoFront", "UpdateArchive", "UpdateHeuristics", "MutateArchitectures", "FinishSearch", "chat"],
            ignoreOrder: true);
        StepsOfTheSearch.ShouldAllBe(step => step.OperationId == trace);
        // Two calls in each of the six partitions in their one generation.
        spans.Count(span => span.Name == "chat").ShouldBe(12);
    }

    [Fact]
    public void Steps_of_a_partition_say_run_partition_and_generation()
    {
        TelemetryRow[] proposals = [.. StepsOfTheSearch.Where(step => step.Name == "MutateArchitectures")];
        proposals.Select(step => step.Properties[TelemetryNames.Partition]).Order().ShouldBe(["0", "1", "2", "3", "4", "5"]);
        proposals.ShouldAllBe(step => step.Properties[TelemetryNames.Generation] == "1");
        proposals.ShouldAllBe(step => step.Properties[TelemetryNames.LlmCalls] == "2");
        StepsOfTheSearch.Where(step => step.Name == "SeedPartition").ShouldAllBe(step => step.Properties[TelemetryNames.Generation] == "0");
    }

    [Fact]
    public void All_telemetry_is_of_a_named_role() => app.Roles.ShouldBe(["pelnas"]);

    [Fact]
    public void The_front_of_each_generation_is_on_its_span()
    {
        TelemetryRow[] fronts = [.. StepsOfTheSearch.Where(step => step.Name == "ComputeParetoFront")];
        fronts.Length.ShouldBe(2);
        fronts.ShouldAllBe(step => double.Parse(step.Properties[TelemetryNames.Hypervolume], System.Globalization.CultureInfo.InvariantCulture) > 0.5);
    }

    [Fact]
    public void A_failed_step_says_its_error_and_the_sweep_counts_its_search()
    {
        TelemetryRow failed = Spans.Where(span => span.Name == "ChooseLabels" && !span.Data["success"]!.GetValue<bool>()).ShouldHaveSingleItem();
        failed.Properties[TelemetryNames.ErrorType].ShouldBe("System.ArgumentException");
        TelemetryRow sweep = Spans.Single(span => span.Name == "CompareSweeps");
        sweep.Properties[TelemetryNames.SweepSearches].ShouldBe("2");
        sweep.Properties[TelemetryNames.SweepFailed].ShouldBe("1");
        app.Rows.Single(row => row.Name == TelemetryNames.SweepHypervolume).Properties[TelemetryNames.Dataset].ShouldBe("cifar10");
    }

    [Fact]
    public void Calls_to_the_LLM_are_counted_once_with_their_cost()
    {
        app.Rows.Where(row => row.Name == TelemetryNames.LlmCalls).Sum(row => row.Data["value"]!.GetValue<double>())
            .ShouldBe(Spans.Count(span => span.Name == "chat"));
        app.Rows.Count(row => row.Name == TelemetryNames.LlmCost).ShouldBeGreaterThan(0);
    }

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
            .Where(key => key.Contains("messages", StringComparison.Ordinal) || key.Contains("instructions", StringComparison.Ordinal)).ShouldBeEmpty();
}

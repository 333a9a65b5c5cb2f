using System.Diagnostics;
using System.Diagnostics.Metrics;
using PelNas.Shared.Tests.Proposer;

namespace PelNas.Shared.Tests.Llm;

/// <summary>
/// What the metrics and the step's span say of calls over the wire. Meters are the process's, so each test asks for a partition of its own.
/// </summary>
public sealed class LlmSpendTests : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = new();
    private readonly MeterListener _listener = new();

    public LlmSpendTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TelemetryNames.Source)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => _measured.Enqueue((instrument.Name, value, new(tags.ToArray()))));
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => _measured.Enqueue((instrument.Name, value, new(tags.ToArray()))));
        _listener.Start();
    }

    [Fact]
    public async Task A_call_that_was_answered_counts_once_with_what_it_cost()
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync("azure-openai", _ => new Answer("{}"));
        await harness.AskAsync(partition: 7001);

        Sum(7001, TelemetryNames.LlmCalls, TelemetryNames.LlmUnconfirmed, false).ShouldBe(1);
        Sum(7001, TelemetryNames.LlmTokens, TelemetryNames.TokenType, "input").ShouldBe(harness.Model.Bill.InputTokens);
        Sum(7001, TelemetryNames.LlmTokens, TelemetryNames.TokenType, "output").ShouldBe(harness.Model.Bill.OutputTokens);
        Sum(7001, TelemetryNames.LlmCost, TelemetryNames.LlmUnconfirmed, false).ShouldBe(harness.Spending.Spent.Usd!.Value, 1e-12);
        Of(7001).ShouldAllBe(measured => !measured.Tags.ContainsKey(TelemetryNames.RunId));
    }

    [Fact]
    public async Task A_call_whose_answer_was_lost_counts_at_its_most_and_apart()
    {
        int turn = 0;
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            "azure-openai", _ => ++turn == 1 ? new Reset() : new Answer("{}"));
        await harness.AskAsync(partition: 7002);

        Sum(7002, TelemetryNames.LlmCalls, TelemetryNames.LlmUnconfirmed, true).ShouldBe(1);
        Sum(7002, TelemetryNames.LlmCalls, TelemetryNames.LlmUnconfirmed, false).ShouldBe(1);
        ChatUsage unconfirmed = harness.Spending.Unconfirmed;
        Sum(7002, TelemetryNames.LlmCost, TelemetryNames.LlmUnconfirmed, true).ShouldBe(unconfirmed.Usd!.Value, 1e-12);
        Sum(7002, TelemetryNames.LlmTokens, TelemetryNames.LlmUnconfirmed, true)
            .ShouldBe(unconfirmed.InputTokens + unconfirmed.OutputTokens);
        Sum(7002, TelemetryNames.LlmTokens, TelemetryNames.LlmUnconfirmed, false)
            .ShouldBe(harness.Model.Bill.InputTokens + harness.Model.Bill.OutputTokens);
    }

    [Fact]
    public async Task A_call_without_a_price_is_no_call_that_costs_nothing()
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(
            "openai", _ => new Answer("{}"), options => options.PriceModel = "unheard-of");
        await harness.AskAsync(partition: 7005);

        Sum(7005, TelemetryNames.LlmCalls, TelemetryNames.LlmUnconfirmed, false).ShouldBe(1);
        Of(7005).ShouldNotContain(measured => measured.Name == TelemetryNames.LlmCost);
    }

    [Fact]
    public async Task A_call_that_was_turned_down_counts_nothing()
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync("azure-openai", _ => Known.WrongKey(Dialect.AzureOpenAI));
        await Should.ThrowAsync<ProposerRefusedException>(() => harness.AskAsync(partition: 7003));

        Of(7003).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_span_of_the_step_has_the_sum_of_its_calls()
    {
        using ActivityListener spans = new()
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(spans);
        using ActivitySource source = new(TelemetryNames.Source);
        await using PipelineHarness harness = await PipelineHarness.StartAsync("azure-openai", _ => new Answer("{}"));
        using Activity step = source.StartActivity("step").ShouldNotBeNull();
        await harness.AskAsync("one", partition: 7004);
        await harness.AskAsync("two", partition: 7004);

        step.GetTagItem(TelemetryNames.LlmCalls).ShouldBe(2);
        ((double)step.GetTagItem(TelemetryNames.LlmCost)!).ShouldBe(harness.Spending.Spent.Usd!.Value, 1e-12);
    }

    public void Dispose() => _listener.Dispose();

    private IEnumerable<(string Name, double Value, Dictionary<string, object?> Tags)> Of(int partition)
        => _measured.Where(measured => Equals(measured.Tags.GetValueOrDefault(TelemetryNames.Partition), partition));

    private double Sum(int partition, string name, string tag, object value)
        => Of(partition).Where(measured => measured.Name == name && Equals(measured.Tags.GetValueOrDefault(tag), value))
            .Sum(measured => measured.Value);
}

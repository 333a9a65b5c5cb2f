using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Tracing;
using PelNas.Local.Tests.Worker;

namespace PelNas.Local.Tests.Durable.Tracing;

/// <summary>Tracing that fails: the orchestrations go on without spans, and one warning says why.</summary>
public sealed class TracingFaultTests : DurableTest
{
    private readonly TestLog _log = new();
    private readonly string _id = $"traced-{Guid.NewGuid():N}";

    private IEnumerable<TestLog.LogLine> Warnings
        => _log.Lines.Where(line => line.Category == typeof(OrchestrationTraces).FullName && line.Level >= LogLevel.Warning);

    [Theory]
    [InlineData("Sample")]
    [InlineData("Started")]
    [InlineData("Stopped")]
    public async Task A_listener_that_throws_does_not_stop_the_engine(string when)
    {
        Functions
            .Orchestrator("Outer", async c =>
            {
                await c.CallActivityAsync<int>("Step", 1);
                return await c.CallSubOrchestratorAsync<int>("Inner", options: new SubOrchestrationOptions(instanceId: $"{c.InstanceId}-i"));
            })
            .Orchestrator("Inner", c => c.CallActivityAsync<int>("Step", 2))
            .Activity<int, int>("Step", n => n);
        using ActivityListener listener = Listener(when);
        await using (DurableHost host = await StartAsync(logger: _log))
        {
            OrchestrationMetadata end = await host.RunAsync("Outer", id: _id);
            end.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
            end.ReadOutputAs<int>().ShouldBe(2);
        }

        TestLog.LogLine warning = Warnings.ShouldHaveSingleItem();
        warning.Message.ShouldContain("InvalidTimeZoneException");
        warning.Message.ShouldContain("The listener is broken.");
        warning.Exception.ShouldBeOfType<InvalidTimeZoneException>();
    }

    [Fact]
    public async Task A_runtime_that_keeps_a_spans_id_elsewhere_costs_the_spans_only()
    {
        using SpanLog spans = new();
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(_log));
        await using DurableHost host = Create();
        await host.ScheduleAsync("Any", id: _id);
        InstanceRow instance = host.Store.Read(connection => InstanceTable.Find(connection, _id)).ShouldNotBeNull();
        OrchestrationTraces traces = new(
            host.Store, loggers.CreateLogger<OrchestrationTraces>(), (_, _) => throw new MissingFieldException("Field not found: 'Activity._spanId'."));
        Activity? before = Activity.Current;

        traces.Ended(instance, OrchestrationRuntimeStatus.Completed, null, Time.GetUtcNow());
        Activity.Current.ShouldBe(before);
        traces.Enter(_id).ShouldBeNull();
        traces.Ended(instance, OrchestrationRuntimeStatus.Completed, null, Time.GetUtcNow());

        spans.Of(SpanIds.TraceOf(_id)).ShouldBeEmpty();
        Warnings.ShouldHaveSingleItem().Message.ShouldContain("MissingFieldException: Field not found: 'Activity._spanId'.");
    }

    [Fact]
    public async Task A_place_that_cannot_be_entered_is_left_again()
    {
        using SpanLog spans = new();
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(_log));
        await using DurableHost host = Create();
        await host.ScheduleAsync("Any", id: _id);
        OrchestrationTraces traces = new(host.Store, loggers.CreateLogger<OrchestrationTraces>(), (_, _) => throw new MissingFieldException());
        using Activity around = new Activity("around").Start();

        traces.Enter(_id).ShouldBeNull();

        Activity.Current.ShouldBe(around);
        Warnings.ShouldHaveSingleItem();
    }

    /// <summary>Listens to the engine's spans, and to those of no source too, as one that takes every source does. Throws for this test's trace only.</summary>
    private ActivityListener Listener(string fails)
    {
        ActivityTraceId trace = SpanIds.TraceOf(_id);
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is OrchestrationTraces.SourceName or "",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                ThrowIf("Sample", options.TraceId);
                return ActivitySamplingResult.AllDataAndRecorded;
            },
            ActivityStarted = span => ThrowIf("Started", span.TraceId),
            ActivityStopped = span => ThrowIf("Stopped", span.TraceId),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;

        void ThrowIf(string when, ActivityTraceId of)
        {
            if (when == fails && of == trace)
            {
                throw new InvalidTimeZoneException("The listener is broken.");
            }
        }
    }
}

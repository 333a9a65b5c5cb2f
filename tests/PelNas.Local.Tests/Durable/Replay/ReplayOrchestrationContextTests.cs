using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.Replay;

public sealed class ReplayOrchestrationContextTests : DurableTest
{
    public ReplayOrchestrationContextTests() => Functions.Activity<int, int>("Step", n => n);

    [Fact]
    public async Task Time_and_ids_are_the_same_in_every_replay()
    {
        List<(DateTime Time, Guid First, Guid Second)> seen = [];
        Functions.Orchestrator("Sees", async context =>
        {
            seen.Add((context.CurrentUtcDateTime, context.NewGuid(), context.NewGuid()));
            for (int i = 0; i < 3; i++)
            {
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            }

            return context.CurrentUtcDateTime;
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Sees", id: "sees");
        for (int timer = 1; timer <= 3; timer++)
        {
            await host.AdvanceAfterTimerAsync("sees", TimeSpan.FromMinutes(1), timer);
        }

        OrchestrationMetadata result = await host.FinishAsync("sees");

        seen.Count.ShouldBe(4);
        seen.Distinct().Count().ShouldBe(1);
        seen[0].Time.Kind.ShouldBe(DateTimeKind.Utc);
        seen[0].First.ShouldNotBe(seen[0].Second);
        result.ReadOutputAs<DateTime>().ShouldBe(seen[0].Time + TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Ids_differ_between_instances()
    {
        Functions.Orchestrator("Id", c => Task.FromResult(c.NewGuid()));
        await using DurableHost host = await StartAsync();

        Guid one = (await host.RunAsync("Id", id: "one")).ReadOutputAs<Guid>();
        Guid two = (await host.RunAsync("Id", id: "two")).ReadOutputAs<Guid>();

        one.ShouldNotBe(two);
    }

    [Fact]
    public async Task IsReplaying_is_false_exactly_once_for_every_place()
    {
        List<(int Place, bool IsReplaying)> seen = [];
        Functions.Orchestrator("Sees", async context =>
        {
            for (int place = 0; place < 3; place++)
            {
                seen.Add((place, context.IsReplaying));
                await context.CallActivityAsync("Step", place);
            }

            seen.Add((3, context.IsReplaying));
        });
        await using DurableHost host = await StartAsync();

        await host.RunAsync("Sees");

        seen.Where(s => !s.IsReplaying).Select(s => s.Place).ShouldBe([0, 1, 2, 3]);
        seen.Count(s => s.IsReplaying).ShouldBe(6);
    }

    [Fact]
    public async Task Replay_safe_loggers_write_each_line_once()
    {
        LineLogger lines = new();
        Functions.Orchestrator("Logs", async context =>
        {
            ILogger logger = context.CreateReplaySafeLogger("Test.Logs");
            ILogger<ReplayOrchestrationContextTests> typed = context.ReplaySafeLoggerFactory.CreateLogger<ReplayOrchestrationContextTests>();
            logger.LogInformation("first");
            await context.CallActivityAsync("Step", 1);
            typed.LogInformation("second");
            context.CreateReplaySafeLogger<ReplayOrchestrationContextTests>().LogInformation("third");
            await context.CallActivityAsync("Step", 2);
            context.CreateReplaySafeLogger(lines.GetType()).LogInformation("fourth");
        });
        await using DurableHost host = await StartAsync(logger: lines);

        await host.RunAsync("Logs");

        lines.Lines.ShouldBe(["first", "second", "third", "fourth"]);
    }

    [Fact]
    public async Task A_custom_status_is_seen_while_the_instance_waits_and_null_clears_it()
    {
        Functions.Orchestrator("Status", async context =>
        {
            context.SetCustomStatus(new { generation = 3 });
            await context.WaitForExternalEvent<int>("Go");
            context.SetCustomStatus(null);
            await context.WaitForExternalEvent<int>("End");
        });
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Status", id: "status");
        await host.Client.WaitForInstanceStartAsync("status", Cancellation);

        (await host.Client.GetInstanceAsync("status", true, Cancellation))!.SerializedCustomStatus.ShouldBe("""{"generation":3}""");
        await host.Client.RaiseEventAsync("status", "Go", 1, Cancellation);
        await host.Log.WaitForAsync("status", HistoryEventKind.EventRaised);

        (await host.Client.GetInstanceAsync("status", true, Cancellation))!.SerializedCustomStatus.ShouldBeNull();
    }

    [Theory]
    [InlineData(8190, OrchestrationRuntimeStatus.Completed)]
    [InlineData(8191, OrchestrationRuntimeStatus.Failed)]
    public async Task A_custom_status_has_at_most_16_KB(int characters, OrchestrationRuntimeStatus expected)
    {
        // Two quotation marks make the JSON text.
        Functions.Orchestrator("Status", c =>
        {
            c.SetCustomStatus(new string('x', characters));
            return Task.CompletedTask;
        });
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Status");

        result.RuntimeStatus.ShouldBe(expected);
        if (expected == OrchestrationRuntimeStatus.Failed)
        {
            result.FailureDetails!.ErrorMessage.ShouldContain("custom status has 16386 bytes");
        }
    }

    [Fact]
    public async Task Calls_are_checked_where_they_are_made()
    {
        Functions
            .Orchestrator("Options", c => c.CallActivityAsync<int>("Step", (object)new TaskOptions(retry: null)))
            .Orchestrator("NoName", c => c.CallActivityAsync<int>(string.Empty))
            .Orchestrator("BadId", c => c.CallSubOrchestratorAsync("Options", options: new SubOrchestrationOptions(instanceId: "@x")));
        await using DurableHost host = await StartAsync();

        (await host.RunAsync("Options")).FailureDetails!.ErrorMessage.ShouldContain("TaskOptions was given as input");
        (await host.RunAsync("NoName")).FailureDetails!.IsCausedBy<ArgumentException>().ShouldBeTrue();
        (await host.RunAsync("BadId")).FailureDetails!.ErrorMessage.ShouldContain("starts with '@'");
    }

    [Fact]
    public async Task Names_are_read_without_regard_to_case_and_missing_results_are_defaults()
    {
        Functions
            .Activity<int, object?>("Null", _ => null)
            .Orchestrator("Reads", async c => new { Text = await c.CallActivityAsync<string?>("Null"), Number = await c.CallActivityAsync<int>("Null"), Input = c.GetInput<Sample>() });
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Reads", new { NAME = "x" });

        result.SerializedOutput.ShouldBe("""{"Text":null,"Number":0,"Input":{"Name":"x"}}""");
    }

    private sealed record Sample(string Name);

    private sealed class LineLogger : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

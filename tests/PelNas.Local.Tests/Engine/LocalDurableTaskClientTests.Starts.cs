using DurableTask.Core.Exceptions;

namespace PelNas.Local.Tests.Engine;

/// <summary>About starting instances.</summary>
public sealed partial class LocalDurableTaskClientTests
{
    [Fact]
    public async Task A_start_without_an_id_makes_one_and_one_that_is_not_valid_is_refused()
    {
        await using TestEngine engine = await StartAsync();

        (await engine.Client.ScheduleAsync("Echo")).Length.ShouldBe(32);
        await Should.ThrowAsync<ArgumentException>(() => engine.Client.ScheduleAsync("Echo", id: "a/b"));
        await Should.ThrowAsync<ArgumentException>(() => engine.Client.ScheduleAsync(string.Empty));
    }

    [Fact]
    public async Task Tags_are_shown_and_nothing_of_the_engines()
    {
        await using TestEngine engine = await StartAsync();
        StartOrchestrationOptions options = new() { Tags = new Dictionary<string, string> { ["kind"] = "test" } };

        (await engine.Client.FinishAsync(await engine.Client.ScheduleAsync("Echo", null, options))).Tags.ShouldBe(options.Tags);
        (await engine.Client.RunAsync("Echo")).Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_can_start_instances_before_the_engine_runs()
    {
        await using TestEngine engine = Create();
        string id = await engine.Client.ScheduleAsync("Waits");
        await engine.Client.RaiseEventAsync(id, "N", 3, Cancellation);
        (await engine.Client.StatusAsync(id)).ShouldBe(OrchestrationRuntimeStatus.Pending);

        await engine.StartAsync();

        (await engine.Client.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(3);
    }

    [Fact]
    public async Task The_statuses_to_deduplicate_by_decide_whether_an_instance_is_replaced()
    {
        await using TestEngine engine = await StartAsync();
        string id = await ScheduleWithChildAsync(engine);

        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => ReplaceAsync("Running"));
        await Should.ThrowAsync<ArgumentException>(() => ReplaceAsync("Walking"));
        await Should.ThrowAsync<ArgumentException>(() => ReplaceAsync("Terminated"));
        await ReplaceAsync();

        (await engine.Client.FinishAsync(id)).ReadOutputAs<string>().ShouldBe(ChildTerminated);
        (await engine.Client.FinishAsync("child")).ReadOutputAs<string>().ShouldBe("new");
        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => ReplaceAsync("Pending", "Running", "Suspended", "Completed"));

        Task<string> ReplaceAsync(params string[] statuses) =>
            engine.Client.ScheduleAsync("Echo", "new", new StartOrchestrationOptions("child") { DedupeStatuses = statuses });
    }

    [Fact]
    public async Task A_start_that_meets_its_predecessors_end_is_not_lost()
    {
        await using TestEngine engine = await StartAsync();
        StartOrchestrationOptions replace = new("same") { DedupeStatuses = [] };
        for (int i = 0; i < 200; i++)
        {
            // Some come while the one before is at its first turn, some at its end, some after it.
            await engine.Client.ScheduleAsync("Echo", $"{i}", replace);
            if (i % 3 == 0)
            {
                (await engine.Client.FinishAsync("same")).ReadOutputAs<string>().ShouldBe($"{i}");
            }
        }

        (await engine.Client.FinishAsync("same")).ReadOutputAs<string>().ShouldBe("199");
    }

    [Fact]
    public async Task An_instance_starts_when_it_is_to_and_what_comes_before_is_kept()
    {
        await using TestEngine engine = await StartAsync();
        await engine.Client.ScheduleAsync("Waits", null, new StartOrchestrationOptions("later", engine.Time.GetUtcNow().AddDays(1)));
        await engine.Client.RaiseEventAsync("later", "N", 8, Cancellation);
        engine.Time.Advance(TimeSpan.FromHours(23));
        await engine.Client.RunAsync("Echo");
        (await engine.Client.StatusAsync("later")).ShouldBe(OrchestrationRuntimeStatus.Pending);

        engine.Time.Advance(TimeSpan.FromHours(1));

        (await engine.Client.FinishAsync("later")).ReadOutputAs<int>().ShouldBe(8);
    }

    [Fact]
    public async Task An_instance_that_has_not_started_is_terminated_without_a_start()
    {
        await using TestEngine engine = await StartAsync();
        await engine.Client.ScheduleAsync("Waits", null, new StartOrchestrationOptions("later", engine.Time.GetUtcNow().AddDays(1)));

        await engine.Client.TerminateInstanceAsync("later", "not needed", Cancellation);

        (await engine.Client.FinishAsync("later")).ReadOutputAs<string>().ShouldBe("not needed");
        (await engine.Client.GetOrchestrationHistoryAsync("later", Cancellation)).ShouldBeEmpty();
    }
}

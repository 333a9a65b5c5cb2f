namespace PelNas.Functions.Tests.Schedules;

public sealed class SweepStarterTests : FolderTest
{
    private const string First = "sweep-20260301-120000";

    // With six labels a search ends after its seed population.
    private static readonly SweepRequest Quick = new() { Contexts = ["cifar10:fpga"], MaxLabels = 6, Generations = 1 };

    [Fact]
    public async Task A_start_that_another_one_overtakes_makes_no_sweep()
    {
        const string Second = "sweep-20260301-120001";
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = CountingOracle.Gated() });
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        HeldClient held = new(app.Durable, gate.Task);
        Task<string?> first = StartNowAsync(app, held);
        await Awaiting.For(held.IsHeld, "the first start to come as far as scheduling");

        app.Settings.Time.Advance(TimeSpan.FromSeconds(1));
        string? second = await StartNowAsync(app);
        string? night = await Starter(app).StartNightAsync(app.Durable, Quick, new DateOnly(2026, 3, 1), isLate: false, Cancellation);
        gate.SetResult();

        second.ShouldBeNull();
        night.ShouldBe(Second);
        (await first).ShouldBe(Second);
        app.Settings.Oracle.Open();
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
        (await app.Sweeps.GetAsync(Second, Cancellation))!.FinishedAt.ShouldNotBeNull();
        (await app.Durable.GetInstanceAsync(First, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_starts_while_the_clock_moves_on_one_makes_a_sweep()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = CountingOracle.Gated() });

        string?[] active = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
        {
            app.Settings.Time.Advance(TimeSpan.FromSeconds(1));
            return StartNowAsync(app);
        })));

        active.Count(id => id is null).ShouldBe(1);
        string started = active.OfType<string>().Distinct().ShouldHaveSingleItem();
        app.Settings.Oracle.Open();
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
        (await app.Sweeps.ListAsync(10, null, Cancellation)).Sweeps.ShouldHaveSingleItem().SweepId.ShouldBe(started);
    }

    [Fact]
    public async Task When_a_sweep_has_ended_the_next_one_starts()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        (await StartNowAsync(app)).ShouldBeNull();
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);

        app.Settings.Time.Advance(TimeSpan.FromSeconds(1));
        (await StartNowAsync(app)).ShouldBeNull();
        (await app.FinishAsync(ActiveSweepOrchestrator.InstanceId)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await app.Sweeps.ListAsync(10, null, Cancellation)).Sweeps.Select(sweep => sweep.SweepId)
            .ShouldBe(["sweep-20260301-120001", First]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sweep_that_is_terminated_or_fails_makes_room_for_the_next_one(bool fails)
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = CountingOracle.Gated() });
        (await StartNowAsync(app, request: fails ? Quick with { Window = 0 } : Quick)).ShouldBeNull();
        if (!fails)
        {
            await app.Settings.Oracle.AskedAsync();
            await app.Durable.TerminateInstanceAsync(First, new TerminateInstanceOptions(Recursive: true), Cancellation);
        }

        (await app.FinishAsync(ActiveSweepOrchestrator.InstanceId)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        app.Settings.Oracle.Open();
        app.Settings.Time.Advance(TimeSpan.FromSeconds(1));
        (await StartNowAsync(app)).ShouldBeNull();
        (await app.FinishAsync(ActiveSweepOrchestrator.InstanceId)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_night_that_was_swept_is_not_written_over_as_skipped_once_its_history_is_gone()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path) { Oracle = CountingOracle.Gated() });
        await StartNowAsync(app);
        SweepRow swept = new()
        {
            SweepId = "sweep-20260228",
            Request = Quick,
            Night = new DateOnly(2026, 2, 28),
            StartedAt = app.Settings.Time.GetUtcNow().AddDays(-1),
        };
        await app.Sweeps.ChangeAsync(swept.SweepId, _ => swept, Cancellation);

        (await Starter(app).StartNightAsync(app.Durable, Quick, new DateOnly(2026, 2, 28), isLate: true, Cancellation))
            .ShouldBe("sweep-20260228", "it was started earlier");
        (await app.Sweeps.GetAsync("sweep-20260228", Cancellation))!.SkippedBecause.ShouldBeNull();

        (await Starter(app).StartNightAsync(app.Durable, Quick, new DateOnly(2026, 3, 1), isLate: false, Cancellation))
            .ShouldBe(First);
        (await app.Sweeps.GetAsync("sweep-20260301", Cancellation))!.SkippedBecause.ShouldBe($"The sweep {First} had not ended.");
        app.Settings.Oracle.Open();
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
    }

    [Fact]
    public async Task A_start_that_was_cut_short_does_not_stand_in_the_way()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        HeldClient held = new(app.Durable, Task.FromException(new IOException("The connection was lost.")));
        await Should.ThrowAsync<IOException>(() => StartNowAsync(app, held));

        app.Settings.Time.Advance(TimeSpan.FromSeconds(1));
        (await StartNowAsync(app)).ShouldBeNull();
        await app.FinishAsync(ActiveSweepOrchestrator.InstanceId);
    }

    private static SweepStarter Starter(SearchApp app) => app.Services.GetRequiredService<SweepStarter>();

    private static Task<string?> StartNowAsync(SearchApp app, DurableTaskClient? client = null, SweepRequest? request = null) =>
        Starter(app).StartNowAsync(client ?? app.Durable, Starter(app).NewId(), request ?? Quick, isRepeatable: false, Cancellation);
}

namespace PelNas.Functions.Tests.Http.Page;

/// <summary>Sweeps on the page.</summary>
[Collection(nameof(PageFixture))]
public sealed class SweepsViewTests(PageFixture fixture)
{
    [Fact]
    public async Task The_last_sweep_is_shown_against_the_one_before_with_the_trend_and_one_that_runs_can_be_ended()
    {
        OpenPage open = await fixture.OpenAsync("#/compare");
        await open.SeeAsync(open.Page.GetByText("No sweep has run yet."));
        await StartAsync("sweep-20260101-020000", generations: 1);
        await fixture.App.FinishAsync(ActiveSweepOrchestrator.InstanceId);
        await StartAsync("sweep-20260102-020000", generations: 1);
        await fixture.App.FinishAsync(ActiveSweepOrchestrator.InstanceId);

        ILocator rows = open.Page.GetByRole(AriaRole.Table, new() { Name = "Sweeps" }).Locator("tbody tr");
        await open.SeeAsync(rows.First, "+0.0000, 0 gained, 0 lost");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await open.SeeAsync(open.Page.GetByRole(AriaRole.Img, new() { Name = "Hypervolume of 1 contexts over 2 sweeps." }).Locator("svg"),
            "cifar10 · fpga");

        const string Id = "sweep-20260103-020000";
        await StartAsync(Id, generations: 500);
        await open.SeeAsync(rows.First, "0 of 1 searches ended");
        await open.Button($"End {Id}").ClickAsync();
        await open.Button("End it").ClickAsync();
        await open.SeeAsync(rows.First, "terminated");
        open.Complaints.ShouldBeEmpty();
    }

    private async Task StartAsync(string id, int generations)
    {
        SweepRequest request = new() { Contexts = ["cifar10:fpga"], Generations = generations, MaxLabels = 10 + generations };
        (await fixture.App.Services.GetRequiredService<SweepStarter>()
            .StartNowAsync(fixture.App.Durable, id, request, isRepeatable: false, Cancellation)).ShouldBeNull();
    }
}

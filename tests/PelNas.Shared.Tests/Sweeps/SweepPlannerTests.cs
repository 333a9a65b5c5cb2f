using PelNas.Shared.Sweeps;

namespace PelNas.Shared.Tests.Sweeps;

public sealed class SweepPlannerTests
{
    private const string Id = "sweep-20260301";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    private readonly StepHarness _harness = new();
    private readonly SweepRepository _sweeps;
    private readonly SweepPlanner _planner;

    public SweepPlannerTests()
    {
        _sweeps = new SweepRepository(_harness.Rows);
        _planner = new SweepPlanner(_sweeps, new SweepRequestValidator(_harness.Validator));
    }

    [Fact]
    public async Task A_plan_that_is_made_again_is_the_first_whatever_was_deleted_meanwhile()
    {
        DeviceRepository devices = new(_harness.Rows);
        await devices.PutAsync(
            new DeviceTable("board", "cifar10", Start, StepHarness.Tables.GetLatency("cifar10", "fpga")), Cancellation);
        IReadOnlyList<SweepSearch> first = await PlanAsync(Start);
        await devices.RemoveAsync("board", "cifar10", Cancellation);

        (await PlanAsync(Start)).ShouldBe(first);

        first.ShouldHaveSingleItem().Device.ShouldBe("board");
        (await Should.ThrowAsync<ArgumentException>(() => PlanAsync(Start.AddDays(1)))).Message.ShouldContain("'cifar10:board'");
    }

    private Task<IReadOnlyList<SweepSearch>> PlanAsync(DateTimeOffset startedAt) => _planner.PlanAsync(
        Id, new SweepRequest { Contexts = ["cifar10:board"] }, night: null, isLate: false, startedAt, Cancellation);
}

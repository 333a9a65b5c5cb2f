using PelNas.Shared.Sweeps;

namespace PelNas.Shared.Tests.Sweeps;

public sealed class SweepPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_name_stands_for_its_group_of_contexts()
    {
        SweepPlan.Contexts(new SweepRequest { Contexts = ["all"] }).Count.ShouldBe(18);
        SweepPlan.Contexts(new SweepRequest { Contexts = ["first-eight"] }).Count.ShouldBe(8);
    }

    [Fact]
    public void A_context_named_twice_is_searched_once()
    {
        SweepRequest request = new() { Contexts = ["cifar10:fpga", "cifar100:eyeriss", "cifar10:fpga"], Seeds = [4, 4] };

        SweepPlan.Searches(request, Start).ShouldBe(
        [
            new SweepSearch("cifar10", "fpga", 4, "20260301-020000-sweep-cifar10-fpga", null),
            new SweepSearch("cifar100", "eyeriss", 4, "20260301-020000-sweep-cifar100-eyeriss", null),
        ]);
    }

    [Fact]
    public void Every_search_has_a_run_id_of_its_own()
    {
        SweepRequest request = new() { Contexts = ["all"], Seeds = [0, 1, int.MaxValue] };

        string[] ids = [.. SweepPlan.Searches(request, Start).Select(search => search.RunId)];

        ids.Length.ShouldBe(54);
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => RunIds.IsValid(id));
        ids.ShouldContain("20260301-020000-sweep-imagenet16-120-eyeriss-s2147483647");
    }

    [Fact]
    public void A_search_is_asked_what_the_sweep_was_asked()
    {
        SweepRequest request = new() { Contexts = ["cifar10:fpga"], Seeds = [7], MaxLabels = 33, LabelsFrom = "test", Generations = 4 };

        SearchRequest search = SweepPlan.RequestOf(request, SweepPlan.Searches(request, Start).Single());

        search.ShouldBe(new SearchRequest
        {
            Dataset = "cifar10",
            Device = "fpga",
            Seed = 7,
            MaxLabels = 33,
            LabelsFrom = "test",
            Generations = 4,
        });
    }
}

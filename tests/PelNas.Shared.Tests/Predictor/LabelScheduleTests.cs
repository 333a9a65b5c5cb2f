namespace PelNas.Shared.Tests.Predictor;

public class LabelScheduleTests
{
    [Fact]
    public void A_default_search_starts_with_thirteen_labels_and_spends_the_rest_evenly()
    {
        List<int> shares = Shares(maxLabels: 120, generations: 10, partitions: 6);

        shares[0].ShouldBe(13);
        shares.Skip(1).ShouldAllBe(share => share == 10 || share == 11);
        shares.Sum().ShouldBe(120);
    }

    [Property]
    public void The_whole_budget_is_spent_and_never_more(ushort labels, byte generations, byte partitions)
    {
        int budget = 1 + (labels % 2000);

        Shares(budget, 1 + (generations % 100), 1 + (partitions % 12)).Sum().ShouldBe(budget);
    }

    [Fact]
    public void A_small_budget_leaves_labels_to_choose_with()
        => LabelSchedule.Share(maxLabels: 30, paid: 0, generation: 0, generations: 10, partitions: 6).ShouldBe(10);

    [Fact]
    public void A_generation_of_a_default_search_has_two_rounds() => LabelSchedule.Rounds(11).ShouldBe([5, 6]);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(29)]
    [InlineData(100)]
    public void Rounds_are_nearly_equal_and_not_larger_than_the_largest(int share)
    {
        int[] rounds = [.. LabelSchedule.Rounds(share)];

        rounds.Sum().ShouldBe(share);
        rounds.ShouldAllBe(count => count > 0 && count <= LabelSchedule.MaxRound);
        rounds.Length.ShouldBe((int)Math.Ceiling(share / (double)LabelSchedule.MaxRound));
        (rounds.Length == 0 || rounds.Max() - rounds.Min() <= 1).ShouldBeTrue();
    }

    private static List<int> Shares(int maxLabels, int generations, int partitions)
    {
        List<int> shares = [];
        for (int generation = 0; generation <= generations; generation++)
        {
            shares.Add(LabelSchedule.Share(maxLabels, shares.Sum(), generation, generations, partitions));
        }

        return shares;
    }
}

namespace PelNas.Shared.Tests.Pareto;

public sealed class RankSetTests
{
    /// <summary>64 and 4,096 are where the tree grows by a level.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4_096)]
    [InlineData(5_000)]
    public void Neighbours_are_those_of_a_sorted_set(int capacity) => Prop.ForAll(
        Gen.Choose(0, capacity - 1).ListOf().ToArbitrary(),
        Gen.Choose(0, capacity - 1).ListOf().ToArbitrary(),
        (added, removed) =>
        {
            RankSet set = new(capacity);
            SortedSet<int> expected = [];
            foreach (int rank in added)
            {
                set.Add(rank);
                expected.Add(rank);
            }

            foreach (int rank in removed)
            {
                set.Remove(rank);
                expected.Remove(rank);
            }

            foreach (int rank in added.Concat(removed).Append(0).Append(capacity - 1))
            {
                set.Below(rank).ShouldBe(expected.Where(member => member < rank).DefaultIfEmpty(RankSet.None).Max());
                set.Above(rank).ShouldBe(expected.Where(member => member > rank).DefaultIfEmpty(RankSet.None).Min());
            }
        }).ShouldHold();
}

using PelNas.Shared.Evolution;

namespace PelNas.Shared.Tests.Evolution;

public sealed class GenotypeVariationTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void A_mutation_changes_one_decision_and_reaches_every_neighbour()
    {
        Random random = SeededRandom.For(1, "test");
        HashSet<int> reached = [];
        for (int draw = 0; draw < 2_000; draw++)
        {
            byte[] genotype = Space.Genotype(4237).ToArray();
            GenotypeVariation.MutateOne(Space, genotype, random);
            reached.Add(Space.IndexOf(genotype));
        }

        reached.Order().ShouldBe(Space.Neighbours(4237).Order());
    }

    [Fact]
    public void A_child_has_each_decision_from_either_parent()
    {
        Random random = SeededRandom.For(1, "test");
        byte[] first = Space.Genotype(4237).ToArray();
        byte[] second = Space.Genotype(11692).ToArray();
        HashSet<int> children = [];
        for (int draw = 0; draw < 2_000; draw++)
        {
            byte[] child = GenotypeVariation.Cross(Space, 4237, 11692, random);
            Enumerable.Range(0, child.Length).ShouldAllBe(place => child[place] == first[place] || child[place] == second[place]);
            children.Add(Space.IndexOf(child));
        }

        int differing = Enumerable.Range(0, first.Length).Count(place => first[place] != second[place]);
        children.Count.ShouldBe(1 << differing);
    }
}

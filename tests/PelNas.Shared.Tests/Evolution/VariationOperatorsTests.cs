using PelNas.Shared.Evolution;

namespace PelNas.Shared.Tests.Evolution;

public sealed class VariationOperatorsTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    private static Arbitrary<int> Index => Gen.Choose(0, 15_624).ToArbitrary();

    [Property]
    public Property A_mutant_is_a_neighbour_when_everything_is_allowed() => Prop.ForAll(Index, Index, (parent, seed) =>
        Space.Neighbours(parent).ShouldContain(Mutate(parent, _ => true, seed).ShouldNotBeNull()));

    [Property]
    public Property The_same_seed_gives_the_same_offspring() => Prop.ForAll(Index, Index, Index, (first, second, seed) =>
    {
        Mutate(first, _ => true, seed).ShouldBe(Mutate(first, _ => true, seed));
        Crossover(first, second, _ => true, seed).ShouldBe(Crossover(first, second, _ => true, seed));
    });

    [Property]
    public Property Offspring_is_always_allowed_and_never_a_parent() => Prop.ForAll(Index, Index, Index, (first, second, seed) =>
    {
        static bool Allowed(int index) => index % 7 == 0;
        Allowed(Mutate(first, Allowed, seed).ShouldNotBeNull()).ShouldBeTrue();
        Mutate(first, Allowed, seed).ShouldNotBe(first);
        if (Crossover(first, second, Allowed, seed) is int child)
        {
            Allowed(child).ShouldBeTrue();
            child.ShouldNotBe(first);
            child.ShouldNotBe(second);
        }
    });

    [Property]
    public Property Every_decision_of_a_crossover_child_comes_from_a_parent() => Prop.ForAll(Index, Index, Index, (first, second, seed) =>
    {
        if (Crossover(first, second, _ => true, seed) is int child)
        {
            for (int decision = 0; decision < Space.DecisionCount; decision++)
            {
                byte operation = Space.Genotype(child)[decision];
                (operation == Space.Genotype(first)[decision] || operation == Space.Genotype(second)[decision]).ShouldBeTrue();
            }
        }
        else
        {
            Distance(first, second).ShouldBeLessThan(2);
        }
    });

    [Fact]
    public void Mutation_reaches_every_neighbour_equally_often()
    {
        Random random = new(5);
        int[] counts = [.. Enumerable.Range(0, 24_000).CountBy(_ => VariationOperators.Mutate(Space, 100, _ => true, random) ?? -1)
            .Select(pair => pair.Value)];
        counts.Length.ShouldBe(24);
        // Binomial with mean 1,000 and standard deviation 31.
        counts.ShouldAllBe(count => count > 850 && count < 1_150);
    }

    [Fact]
    public void Crossover_reaches_every_recombination_equally_often()
    {
        int first = Space.IndexOf([0, 0, 0, 0, 0, 0]);
        int second = Space.IndexOf([1, 1, 1, 0, 0, 0]);
        Random random = new(5);
        int[] counts = [.. Enumerable.Range(0, 6_000)
            .CountBy(_ => VariationOperators.Crossover(Space, first, second, _ => true, random) ?? -1).Select(pair => pair.Value)];
        counts.Length.ShouldBe(6, "2^3 recombinations less the parents");
        counts.ShouldAllBe(count => count > 850 && count < 1_150);
    }

    [Fact]
    public void Mutation_changes_no_more_decisions_than_it_must()
    {
        int parent = Space.IndexOf([0, 0, 0, 0, 0, 0]);
        int two = Space.IndexOf([3, 0, 3, 0, 0, 0]);
        int three = Space.IndexOf([3, 3, 3, 0, 0, 0]);
        Mutate(parent, index => index == two || index == three, 1).ShouldBe(two);
        Mutate(parent, index => index == three, 1).ShouldBe(three);
    }

    [Fact]
    public void The_only_allowed_architecture_is_found_however_far_away()
    {
        int target = Space.IndexOf([4, 4, 4, 4, 4, 4]);
        Mutate(Space.IndexOf([0, 1, 2, 3, 1, 2]), index => index == target, 9).ShouldBe(target);
    }

    [Fact]
    public void Without_anything_allowed_there_is_no_offspring()
    {
        Mutate(7, _ => false, 1).ShouldBeNull();
        Mutate(7, index => index == 7, 1).ShouldBeNull();
        Crossover(7, 8, _ => false, 1).ShouldBeNull();
    }

    [Fact]
    public void Parents_that_differ_in_fewer_than_two_decisions_have_no_crossover_child()
    {
        Crossover(7, 7, _ => true, 1).ShouldBeNull();
        Crossover(7, Space.Neighbours(7)[0], _ => true, 1).ShouldBeNull();
    }

    [Fact]
    public void A_parent_outside_the_space_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Mutate(15_625, _ => true, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Crossover(0, -1, _ => true, 1));
    }

    private static int? Mutate(int parent, Func<int, bool> allowed, int seed) =>
        VariationOperators.Mutate(Space, parent, allowed, new Random(seed));

    private static int? Crossover(int first, int second, Func<int, bool> allowed, int seed) =>
        VariationOperators.Crossover(Space, first, second, allowed, new Random(seed));

    private static int Distance(int left, int right)
        => Space.Genotype(left).ToArray().Zip(Space.Genotype(right).ToArray()).Count(pair => pair.First != pair.Second);
}

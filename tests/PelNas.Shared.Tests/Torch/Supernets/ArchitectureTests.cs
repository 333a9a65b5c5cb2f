using PelNas.Shared.Torch.Learning;
using PelNas.Shared.Torch.Supernets;

namespace PelNas.Shared.Tests.Torch.Supernets;

public sealed class ArchitectureTests
{
    public ArchitectureTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void The_gradient_of_the_beta_penalty_is_the_softmax_of_each_edge()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor alphas = torch.linspace(-2, 3, 30).view(6, 5).requires_grad_();
        torch.Tensor gradient = torch.autograd.grad([ArchitecturePenalties.Beta(alphas, 0.5)], [alphas])[0];
        torch.Tensor expected = torch.nn.functional.softmax(alphas, 1) * 25 / 6;
        (gradient - expected).abs().max().item<float>().ShouldBeLessThan(1e-5f);
        ArchitecturePenalties.Beta(alphas, 0).item<float>().ShouldBe(0);
    }

    [Fact]
    public void A_budget_costs_nothing_until_it_is_passed()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ArchitecturePenalties.Budget(Sure(1), 0.5).item<float>().ShouldBe(0);
        ArchitecturePenalties.Budget(Sure(3), 0.5).item<float>().ShouldBe(1, 0.01f);

        static torch.Tensor Sure(int operation)
        {
            torch.Tensor alphas = torch.zeros(6, 5);
            alphas[.., operation] = 20;
            return alphas;
        }
    }

    /// <summary>With orthogonal columns the solution is known: each coefficient shrunk by the penalty.</summary>
    [Fact]
    public void Recovery_with_orthogonal_columns_shrinks_each_coefficient()
    {
        double[] x = SparseRecovery.Solve([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [2, -0.5, 0.05], 0.1);
        x[0].ShouldBe(1.9, 1e-9);
        x[1].ShouldBe(-0.4, 1e-9);
        x[2].ShouldBe(0);
    }

    /// <summary>
    /// What makes a vector a LASSO solution: the residual's correlation is the penalty where it is not zero, and no more elsewhere.
    /// </summary>
    [Theory]
    [InlineData(1, 1e-5)]
    [InlineData(2, 0.05)]
    [InlineData(3, 0.5)]
    public void Recovery_solves_the_lasso(int seed, double penalty)
    {
        Random random = new(seed);
        double[][] a = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 5).Select(_ => random.NextDouble()).ToArray())];
        double[] b = [.. Enumerable.Range(0, 3).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] x = SparseRecovery.Solve(a, b, penalty);
        for (int column = 0; column < 5; column++)
        {
            double correlation = a.Select((row, place) => row[column] * (b[place] - row.Zip(x, (left, right) => left * right).Sum())).Sum();
            if (x[column] == 0)
            {
                Math.Abs(correlation).ShouldBeLessThanOrEqualTo(penalty + 1e-7);
            }
            else
            {
                correlation.ShouldBe(Math.Sign(x[column]) * penalty, 1e-7);
            }
        }
    }

    [Fact]
    public void A_sparse_vector_is_found_behind_its_measurements()
    {
        // Columns of length 1: else a long one says the same with a smaller coefficient.
        double[][] a = [[1, 0, 0, 0.6, 0], [0, 1, 0, 0, 0.8], [0, 0, 1, 0.8, 0.6]];
        double[] x = SparseRecovery.Solve(a, [.. a.Select(row => 0.8 * row[3])], 1e-5);
        x[3].ShouldBe(0.8, 1e-3);
        x.Where((_, place) => place != 3).ShouldAllBe(value => Math.Abs(value) < 1e-3);
    }

    /// <summary>b' A_s - [(A'A - I) x]_s for x of the kept operation alone, written out.</summary>
    [Fact]
    public void The_weight_of_the_kept_operation_is_the_measurement_less_the_bias()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using SparseArchitecture architecture = new(4);
        using (torch.no_grad())
        {
            architecture.Values.copy_(torch.linspace(0.2, 1.4, 18).view(6, 3));
        }

        architecture.EndEpoch();
        Mixture mixture = new();
        architecture.SetUp(mixture, isLearning: false);
        float[][] measured = [.. architecture.Values.data<float>().Chunk(3)];
        for (int edge = 0; edge < 6; edge++)
        {
            double[] recovered = architecture.Table()[edge];
            int kept = Array.IndexOf(recovered, recovered.Max());
            double[] column = architecture.Columns(kept)[edge];
            double expected = column.Zip(measured[edge], (value, measure) => value * measure)
                .Sum() - ((column.Sum(value => value * value) - 1) * recovered[kept]);
            var terms = mixture.Terms(edge).ToArray();
            terms.Length.ShouldBe(kept == 0 ? 0 : 1);
            if (kept > 0)
            {
                ((int)terms[0].Operation).ShouldBe(kept);
                terms[0].Weight!.item<float>().ShouldBe((float)expected, 1e-4f);
            }
        }
    }

    [Fact]
    public void A_gradient_of_one_edge_moves_that_edge_alone()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using SoftmaxArchitecture architecture = new(1, ArchitecturePenalties.None);
        using AdamOptimizer adam = new([architecture.Values], 0.1);
        double[][] before = architecture.Table();
        adam.Step(architecture.Values[2, 3].neg());
        double[][] after = architecture.Table();
        after[2][3].ShouldBe(before[2][3] + 0.1, 1e-4);
        after[0].ShouldBe(before[0]);
    }
}

using PelNas.Shared.Torch.Learning;

namespace PelNas.Shared.Tests.Torch.Learning;

public sealed class LearningTests
{
    public LearningTests()
    {
        LibTorch.EnsureLoaded();
        torch.set_num_threads(1);
    }

    [Fact]
    public void The_check_loss_is_least_at_the_quantile()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor targets = torch.tensor([.. Enumerable.Range(1, 100).Select(value => (float)value)]);
        float[] means = [.. Enumerable.Range(1, 100)
            .Select(value => Losses.Check(targets, torch.full(100, value), 0.9).mean().item<float>())];
        (1 + Array.IndexOf(means, means.Min())).ShouldBeInRange(90, 91);
        Losses.Check(torch.tensor(3f), torch.tensor(1f), 0.9).item<float>().ShouldBe(1.8f, 1e-6f);
        Losses.Check(torch.tensor(1f), torch.tensor(3f), 0.9).item<float>().ShouldBe(0.2f, 1e-6f);
    }

    [Theory]
    [InlineData(1.5f, 2f, 2.4f)]
    [InlineData(0.5f, 2f, 1f)]
    [InlineData(1.5f, -2f, -3f)]
    [InlineData(0.5f, -2f, -1.6f)]
    [InlineData(1.1f, 2f, 2.2f)]
    public void A_ratio_beyond_the_clip_gains_nothing_and_still_costs(float ratio, float advantage, float expected)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Losses.Clipped(torch.tensor(ratio), torch.tensor(advantage), 0.2).item<float>().ShouldBe(expected, 1e-5f);
    }

    [Fact]
    public void Adam_steps_as_PyTorchs()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        TorchSharp.Modules.Parameter theirs = new(torch.tensor([1f, -2f, 0.5f]), true);
        torch.Tensor ours = torch.tensor([1f, -2f, 0.5f], requires_grad: true);
        TorchSharp.Modules.Adam reference = torch.optim.Adam([theirs], 0.1, 0.5, 0.999, 1e-8, 0.01);
        using AdamOptimizer optimizer = new([ours], 0.1, 0.5, 0.999, 0.01);
        for (int step = 0; step < 6; step++)
        {
            reference.zero_grad();
            Loss(theirs).backward();
            reference.step();
            optimizer.Step(Loss(ours));
        }

        (ours - theirs).abs().max().item<float>().ShouldBeLessThan(1e-5f);

        static torch.Tensor Loss(torch.Tensor x) => (x.pow(4) + x).sum();
    }

    [Fact]
    public void An_actor_learns_which_operations_are_rewarded()
    {
        using QuantileActorCritic agent = new(2, 3, 1, 0.9, seed: 1);
        Random random = new(1);
        for (int step = 0; step < 300; step++)
        {
            double[][] actions = [.. Enumerable.Range(0, 32).Select(_ => Action(random.Next(3), random.Next(3)))];
            agent.Learn([.. actions.Select(_ => new double[] { 0 })], actions, [.. actions.Select(action => action[1] + action[5])]);
        }

        double[] learnt = agent.Act([0]);
        learnt[1].ShouldBeGreaterThan(0.8);
        learnt[5].ShouldBeGreaterThan(0.8);
        learnt[..3].Sum().ShouldBe(1, 1e-5);

        static double[] Action(int first, int second)
            => [.. Enumerable.Range(0, 6).Select(place => place == first || place == 3 + second ? 1.0 : 0)];
    }

    [Fact]
    public void A_policy_comes_to_draw_what_is_rewarded_for_its_goal()
    {
        using CellPolicy policy = new(3, 4, seed: 1);
        Random random = new(1);
        for (int step = 0; step < 150; step++)
        {
            PolicySample[] drawn = policy.Draw([.. Enumerable.Range(0, 20).Select(place => place % 2 == 0 ? -1.0 : 1)], random);
            policy.Improve(drawn, [.. drawn.Select(Reward)]);
        }

        PolicySample[] last = policy.Draw([.. Enumerable.Range(0, 40).Select(place => place % 2 == 0 ? -1.0 : 1)], random);
        last.Average(Reward).ShouldBeGreaterThan(0.3);

        // The goal says which operation; three edges of four operations by chance agree with it as often as not.
        static double Reward(PolicySample sample) => (sample.Cell.Count(operation => operation == (sample.Goal > 0 ? 2 : 1)) / 1.5) - 1;
    }

    [Fact]
    public void Critics_learn_the_reward_and_where_they_are_unsure()
    {
        using CellPolicy policy = new(2, 3, seed: 1);
        Random random = new(1);
        PolicySample calm = new([0, 0], 0, 0);
        PolicySample wild = new([2, 2], 0, 0);
        for (int step = 0; step < 1000; step++)
        {
            policy.LearnRewards([calm, wild], [0.5, random.Next(2)]);
        }

        (double Value, double Doubt)[] judged = policy.Judge([calm, wild]);
        judged[0].Value.ShouldBe(0.5, 0.2);
        judged[0].Doubt.ShouldBeLessThan(0.2);
        judged[1].Doubt.ShouldBeGreaterThan(0.3);
    }
}

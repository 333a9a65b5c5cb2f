using PelNas.Shared.Torch.Supernets;

namespace PelNas.Shared.Tests.Torch.Supernets;

public sealed class SupernetSearchTests : FolderTest
{
    private static readonly byte[][] Judged = [[3, 3, 3, 3, 3, 3], [0, 0, 0, 0, 0, 0]];

    /// <summary>One of each kind: the others keep the same state.</summary>
    public static TheoryData<string> Kinds => ["darts", "ista-nas", "ms-ranas", "bossnas", "adwpnas", "lcmnas"];

    private string Checkpoint => Folder.File("checkpoint.bin");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_search_that_was_interrupted_ends_as_one_that_was_not(string name)
    {
        SupernetOrder order = Order(name);
        SupernetOutcome whole = Search(order).Run(Folder.File("whole.bin"), null, Judged, Cancellation);
        using CancellationTokenSource stop = new();
        Should.Throw<OperationCanceledException>(() => Search(order).Run(Checkpoint, _ => stop.Cancel(), Judged, stop.Token));
        SupernetOutcome resumed = Search(order).Run(Checkpoint, null, Judged, Cancellation);

        whole.Epochs.Count.ShouldBeGreaterThan(1);
        resumed.Cell.ShouldBe(whole.Cell);
        resumed.Epochs.Select(epoch => epoch.Loss).ShouldBe(whole.Epochs.Select(epoch => epoch.Loss));
        resumed.Scores.Select(scores => scores.Values.First()).ShouldBe(whole.Scores.Select(scores => scores.Values.First()));
        whole.Epochs.ShouldAllBe(epoch => double.IsFinite(epoch.Loss));
        whole.Cell.Count.ShouldBe(6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Steps_leave_no_tensors_behind(string name)
    {
        SupernetOrder order = Order(name);
        List<long> live = [];
        Search(order with { Minutes = order.Minutes * 2 }).Run(
            Checkpoint, _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount), [], Cancellation);
        live.Count.ShouldBeGreaterThan(2);
        live.ShouldAllBe(count => count == live[0]);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBeLessThan(live[0]);
    }

    [Fact]
    public void Weights_are_learnt_and_alphas_move()
    {
        SupernetOutcome outcome = Search(Order("darts") with { Minutes = 4, Channels = 4, BatchSize = 16 })
            .Run(Checkpoint, null, [], Cancellation);
        outcome.Epochs[^1].Loss.ShouldBeLessThan(0.7 * outcome.Epochs[0].Loss);
        outcome.Epochs[^1].Alphas![0].ShouldNotBe(outcome.Epochs[0].Alphas![0]);
    }

    [Fact]
    public void Exits_are_told_from_the_cheapest_on()
        => Search(Order("ms-ranas")).Run(Checkpoint, null, [], Cancellation).Anytime.Count.ShouldBe(3);

    [Fact]
    public void A_checkpoint_of_another_order_is_refused_and_left_alone()
    {
        Search(Order("darts")).Run(Checkpoint, null, [], Cancellation);
        byte[] before = File.ReadAllBytes(Checkpoint);
        Should.Throw<SupernetCheckpointException>(() => Search(Order("darts") with { Seed = 2 }).Run(Checkpoint, null, [], Cancellation))
            .Message.ShouldContain(Checkpoint);
        File.ReadAllBytes(Checkpoint).ShouldBe(before);

        File.WriteAllBytes(Checkpoint, before[..^100]);
        Should.Throw<SupernetCheckpointException>(() => Search(Order("darts")).Run(Checkpoint, null, [], Cancellation))
            .Message.ShouldContain("not whole");
    }

    [Theory]
    [InlineData("|skip_connect~0|+|skip_connect~0|skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|",
        "collapsed: no parametric operation")]
    [InlineData("|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|", "collapsed: no parametric operation")]
    [InlineData("|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|", "collapsed: no path from input to output")]
    [InlineData("|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|", null)]
    public void A_cell_without_an_operation_to_train_is_named(string cell, string? expected)
    {
        NasBench201.Instance.TryParse(cell, out int index, out _).ShouldBeTrue();
        SupernetSearch.Collapse(NasBench201.Instance.Genotype(index)).ShouldBe(expected);
    }

    /// <summary>A little more than an epoch of each method, a second a step.</summary>
    private static SupernetOrder Order(string name)
    {
        int steps = name switch { "lcmnas" => 2, "bossnas" => 30, "adwpnas" => 110, _ => 60 };
        return new SupernetOrder(name, 1, steps / 60.0, 2, 1, 8, "patterns");
    }

    private static SupernetSearch Search(SupernetOrder order)
        => new(order, PatternImages.Create(160), new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) });
}

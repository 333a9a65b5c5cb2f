namespace PelNas.Shared.Tests.Comparison.Strategies;

public sealed class LabelLedgerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_label_is_the_true_accuracy_and_is_paid_once()
    {
        LabelLedger ledger = Open(2);
        ledger.Pay(7).ShouldBe(Trials.Fpga.TestAccuracy[7]);
        ledger.Pay(7).ShouldBe(Trials.Fpga.TestAccuracy[7]);
        ledger.Remaining.ShouldBe(1);
        ledger.IsPaid(7).ShouldBeTrue();
        ledger.IsPaid(8).ShouldBeFalse();
    }

    [Fact]
    public void Beyond_the_budget_only_what_is_paid_is_answered()
    {
        LabelLedger ledger = Open(1);
        ledger.Pay(7);
        Should.Throw<InvalidOperationException>(() => ledger.Pay(8)).Message.ShouldContain("budget of 1");
        ledger.Pay(7).ShouldBe(Trials.Fpga.TestAccuracy[7]);
        ledger.Labels().ShouldBe([7]);
    }

    [Fact]
    public void Isomorphic_cells_are_labels_of_their_own()
    {
        int[] same = [.. Enumerable.Range(0, 15625).GroupBy(index => Trials.Fpga.Space.FunctionId(index))
            .First(function => function.Count() > 1)];
        LabelLedger ledger = Open(5);
        ledger.Pay(same[0]);
        ledger.Pay(same[1]);
        ledger.Entries.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(15625)]
    public void What_is_not_of_the_space_is_refused_and_costs_nothing(int index)
    {
        LabelLedger ledger = Open(5);
        Should.Throw<ArgumentOutOfRangeException>(() => ledger.Pay(index));
        ledger.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void An_entry_has_what_the_run_had_used_when_it_was_paid()
    {
        LabelLedger ledger = Open(5);
        ledger.CountScored(1);
        ledger.CountScored(1);
        ledger.CountInvalid(2);
        _time.Advance(TimeSpan.FromSeconds(3));
        ledger.Pay(9);
        ledger.CountDuplicates(4);
        _time.Advance(TimeSpan.FromSeconds(1));
        ledger.Pay(1);

        ledger.Entries.ShouldBe(
        [
            new LabelEntry(9, Scored: 2, Invalid: 2, Duplicates: 0, TimeSpan.FromSeconds(3)),
            new LabelEntry(1, Scored: 2, Invalid: 2, Duplicates: 4, TimeSpan.FromSeconds(4)),
        ]);
    }

    [Fact]
    public void The_ledger_sells_the_kind_of_accuracy_that_it_was_opened_for()
        => new LabelLedger(Trials.Fpga, LabelSources.Validation, 1, _time).Pay(7).ShouldBe(Trials.Fpga.ValidationAccuracy[7]);

    [Fact]
    public void What_the_device_cannot_run_is_refused_by_the_devices_name_and_costs_nothing()
    {
        BenchmarkContext context = Support.StepHarness.Tables.GetContext("cifar10", "edgetpu");
        LabelLedger ledger = new(context, LabelSources.Validation, 1, _time);
        int infeasible = Enumerable.Range(0, context.Space.Size).First(index => !context.IsFeasible(index));
        Should.Throw<ArgumentOutOfRangeException>(() => ledger.Pay(infeasible)).Message.ShouldContain("edgetpu cannot run");
        ledger.Entries.ShouldBeEmpty();
    }

    private LabelLedger Open(int budget) => new(Trials.Fpga, LabelSources.Test, budget, _time);
}

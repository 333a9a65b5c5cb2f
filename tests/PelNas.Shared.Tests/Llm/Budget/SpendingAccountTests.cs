namespace PelNas.Shared.Tests.Llm.Budget;

public sealed class SpendingAccountTests
{
    private static readonly ModelPrice Price = new("m", InputUsdPerMillion: 1, OutputUsdPerMillion: 10, "2026-03-01");
    private static readonly TokenBounds Bounds = new(LeastInput: 1, MostInput: 1000, MostOutput: 900);
    private static readonly ChatUsage Most = new(1, 1000, 900, 0.010);
    private static readonly SpendingRow Nothing = new() { Partition = 3, Generation = 2 };

    // What was written, in order.
    private readonly List<SpendingRow> _written = [];
    private bool _isOvertaken;

    [Fact]
    public async Task A_call_is_written_down_at_its_most_before_it_is_made_and_settled_at_what_it_was()
    {
        SpendingAccount account = Open();
        ChatUsage charged = new(1, 800, 50, 0.0013);

        (await account.ReserveAsync(Bounds, Price)).ShouldBe(Most);
        await account.SettleAsync(charged);

        _written.ShouldBe([Nothing with { InFlight = Most }, Nothing with { Spent = charged }]);
        account.Row.ShouldBe(_written[^1]);
    }

    [Fact]
    public async Task A_lost_answer_is_charged_at_its_most_and_a_refused_call_not_at_all()
    {
        SpendingAccount account = Open();

        await account.ReserveAsync(Bounds, Price);
        await account.SettleUnconfirmedAsync();
        await account.ReserveAsync(Bounds, Price);
        await account.SettleRefusedAsync();

        _written[^1].ShouldBe(Nothing with { Spent = Most, Unconfirmed = Most, Refused = 1 });
    }

    [Fact]
    public async Task Why_no_answer_came_stands_there_until_one_does()
    {
        SpendingAccount account = Open();

        await account.ReserveAsync(Bounds, Price);
        await account.SettleRefusedAsync("cannot be reached");
        await account.ReserveAsync(Bounds, Price);
        _written[^1].LastFault.ShouldBe("cannot be reached", "while it is tried again");
        await account.SettleUnconfirmedAsync("no answer in time");
        _written[^1].LastFault.ShouldBe("no answer in time");
        await account.ReserveAsync(Bounds, Price);
        await account.SettleAsync(new ChatUsage(1, 800, 50, 0.0013));

        _written[^1].LastFault.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_killed_process_left_in_flight_is_charged_at_its_most_and_takes_its_room()
    {
        SpendingAccount account = Open(new Allowance(Calls: 2, Usd: 0.025), Nothing with { InFlight = Most });
        account.Row.ShouldBe(Nothing with { Spent = Most, Unconfirmed = Most });

        await account.ReserveAsync(Bounds, Price);
        await account.SettleUnconfirmedAsync();

        _written[^1].Unconfirmed.Calls.ShouldBe(2);
        await ShouldBeExhaustedAsync(() => account.ReserveAsync(Bounds, Price));
    }

    [Fact]
    public async Task No_call_is_made_beyond_the_limit_of_calls()
    {
        SpendingAccount account = Open(new Allowance(Calls: 1, Usd: null));
        await account.ReserveAsync(Bounds, Price);
        await account.SettleAsync(new ChatUsage(1, 1, 1, 0.000011));

        await ShouldBeExhaustedAsync(() => account.ReserveAsync(Bounds, Price));

        _written.Count.ShouldBe(2, "a call that is not made is not written down");
    }

    [Theory]
    [InlineData(0.0099, 0)]
    [InlineData(0.0114, 2)]
    [InlineData(0.0112, 1)]
    public async Task No_call_is_made_that_could_exceed_the_limit_of_dollars(double limit, int made)
    {
        SpendingAccount account = Open(new Allowance(Calls: null, limit));
        int calls = 0;
        for (; calls < 2; calls++)
        {
            try
            {
                await account.ReserveAsync(Bounds, Price);
            }
            catch (BudgetExhaustedException exception)
            {
                exception.StopReason.ShouldBe(StopReasons.Usd);
                break;
            }

            await account.SettleAsync(new ChatUsage(1, 300, 100, 0.0013));
        }

        calls.ShouldBe(made);
    }

    [Fact]
    public async Task Without_a_price_calls_are_counted_and_dollars_are_unknown()
    {
        SpendingAccount account = Open(new Allowance(Calls: 2, Usd: null));

        await account.ReserveAsync(Bounds, price: null);
        await account.SettleAsync(new ChatUsage(1, 800, 50, Usd: null));
        await account.ReserveAsync(Bounds, price: null);
        await account.SettleUnconfirmedAsync();

        account.Row.Spent.ShouldBe(new ChatUsage(2, 1800, 950, Usd: null));
        account.Row.Unconfirmed.ShouldBe(new ChatUsage(1, 1000, 900, Usd: null));
        await ShouldBeExhaustedAsync(() => account.ReserveAsync(Bounds, price: null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_limit_of_dollars_lets_no_call_through_where_a_cost_is_unknown(bool isPricedByNow)
    {
        SpendingRow before = isPricedByNow ? Nothing with { Spent = new ChatUsage(1, 800, 50, Usd: null) } : Nothing;

        ProposerFault fault = (await Should.ThrowAsync<ProposerRefusedException>(
            () => Open(new Allowance(Calls: null, Usd: 1), before).ReserveAsync(Bounds, isPricedByNow ? Price : null))).Fault;

        (fault.Kind, fault.MayBeBilled).ShouldBe((FaultKind.Unpriced, false));
        fault.Message.ShouldContain("set PelNas:Chat:PriceModel, or InputUsdPerMillion and OutputUsdPerMillion");
        _written.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_call_is_made_where_another_delivery_of_the_step_has_written()
    {
        SpendingAccount account = Open();
        _isOvertaken = true;

        Func<Task> reserve = () => account.ReserveAsync(Bounds, Price);
        (await Should.ThrowAsync<InvalidOperationException>(reserve)).Message.ShouldContain("runs elsewhere");

        account.Row.ShouldBe(Nothing, "this one has spent nothing");
    }

    [Fact]
    public async Task A_settlement_that_another_delivery_has_overtaken_leaves_its_charge_and_is_no_fault()
    {
        SpendingAccount account = Open();
        await account.ReserveAsync(Bounds, Price);
        _isOvertaken = true;

        await account.SettleAsync(new ChatUsage(1, 800, 50, 0.0013));

        _written.ShouldBe([Nothing with { InFlight = Most }], "the other one has charged what was in flight at the most");
    }

    private SpendingAccount Open(Allowance? allowance = null, SpendingRow? row = null)
        => new("20260301-120000-test", allowance ?? Allowance.Unlimited, row ?? Nothing, SaveAsync);

    private static async Task ShouldBeExhaustedAsync(Func<Task> reserve)
        => (await Should.ThrowAsync<BudgetExhaustedException>(reserve)).StopReason.ShouldBe(StopReasons.LlmCalls);

    private Task<bool> SaveAsync(SpendingRow spending)
    {
        if (!_isOvertaken)
        {
            _written.Add(spending);
        }

        return Task.FromResult(!_isOvertaken);
    }
}

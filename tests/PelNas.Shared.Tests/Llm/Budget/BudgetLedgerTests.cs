using Microsoft.Extensions.Logging.Testing;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Tests.Llm.Budget;

public sealed class BudgetLedgerTests
{
    private const string RunId = "20260301-120000-test";
    private static readonly ModelPrice Price = new("m", InputUsdPerMillion: 1, OutputUsdPerMillion: 10, "2026-03-01");
    private static readonly TokenBounds Bounds = new(LeastInput: 1, MostInput: 1000, MostOutput: 900);

    private readonly RunRepository _store = new(new MemoryRowStore());
    private readonly FakeLogger<BudgetLedger> _log = new();
    private readonly BudgetLedger _ledger;

    public BudgetLedgerTests() => _ledger = new BudgetLedger(_store, Price, _log, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_reserved_at_its_most_and_settled_at_what_it_was()
    {
        ChatCall call = new(RunId, null, null);

        BudgetReservation reservation = await ReserveAsync(call);
        BudgetRow reserved = await RowAsync();
        await _ledger.SettleAsync(call, reservation, inputTokens: 800, outputTokens: 50);
        BudgetRow settled = await RowAsync();

        reserved.Committed.ShouldBe(new ChatUsage(1, 1000, 900, 0.010));
        reserved.Spent.ShouldBe(ChatUsage.None);
        settled.Spent.ShouldBe(new ChatUsage(1, 800, 50, 0.0013));
        settled.Committed.ShouldBe(settled.Spent);
        settled.Price.ShouldBe(Price);
    }

    [Fact]
    public async Task A_lost_answer_is_charged_at_its_most_and_a_refused_one_not_at_all()
    {
        ChatCall call = new(RunId, null, null);

        await _ledger.SettleUnconfirmedAsync(call, await ReserveAsync(call));
        await _ledger.SettleRefusedAsync(call, await ReserveAsync(call));

        BudgetRow row = await RowAsync();
        row.Spent.ShouldBe(new ChatUsage(1, 1000, 900, 0.010));
        row.Unconfirmed.ShouldBe(row.Spent);
        row.Refused.ShouldBe(1);
    }

    [Theory]
    [InlineData(-1, 50)]
    [InlineData(800, -1)]
    [InlineData(1001, 50)]
    [InlineData(800, 901)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public async Task Nothing_is_settled_at_less_than_nothing_or_more_than_was_reserved(long inputTokens, long outputTokens)
    {
        ChatCall call = new(RunId, null, null);
        BudgetReservation reservation = await ReserveAsync(call);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => _ledger.SettleAsync(call, reservation, inputTokens, outputTokens));

        (await RowAsync()).Committed.ShouldBe(reservation.AtMost, "it counts at its most until somebody settles it");
    }

    [Fact]
    public async Task Without_a_price_calls_are_counted_and_dollars_are_unknown()
    {
        ChatCall call = new(RunId, MaxCalls: 2, null);
        BudgetLedger unpriced = new(_store, price: null, _log, TimeProvider.System);

        await unpriced.SettleAsync(call, await unpriced.ReserveAsync(call, Bounds, Cancellation), 800, 50);
        await unpriced.SettleUnconfirmedAsync(call, await unpriced.ReserveAsync(call, Bounds, Cancellation));

        BudgetRow row = await RowAsync();
        row.Spent.ShouldBe(new ChatUsage(2, 1800, 950, Usd: null));
        row.Unconfirmed.ShouldBe(new ChatUsage(1, 1000, 900, Usd: null));
        _log.LatestRecord.Message.ShouldEndWith("2 calls, unpriced.");
    }

    [Fact]
    public async Task A_limit_of_dollars_lets_no_call_through_whose_cost_is_unknown()
    {
        ChatCall call = new(RunId, null, MaxUsd: 1);
        BudgetLedger unpriced = new(_store, price: null, _log, TimeProvider.System);

        ProposerFault fault = (await Should.ThrowAsync<ProposerRefusedException>(() => unpriced.ReserveAsync(call, Bounds, Cancellation))).Fault;

        (fault.Kind, fault.MayBeBilled).ShouldBe((FaultKind.Unpriced, false));
        fault.Message.ShouldContain("set PelNas:Chat:PriceModel, or InputUsdPerMillion and OutputUsdPerMillion");
        (await RowAsync()).ShouldBe(BudgetRow.Empty);
    }

    [Fact]
    public async Task A_limit_of_dollars_lets_no_call_through_after_some_whose_cost_is_unknown()
    {
        ChatCall call = new(RunId, null, null);
        BudgetLedger unpriced = new(_store, price: null, _log, TimeProvider.System);
        await unpriced.SettleAsync(call, await unpriced.ReserveAsync(call, Bounds, Cancellation), 800, 50);

        (await Should.ThrowAsync<ProposerRefusedException>(() => ReserveAsync(call with { MaxUsd = 1 }))).Fault.Kind.ShouldBe(FaultKind.Unpriced);
    }

    [Fact]
    public async Task No_call_is_made_beyond_the_limit_of_calls()
    {
        ChatCall call = new(RunId, MaxCalls: 1, null);
        await _ledger.SettleAsync(call, await ReserveAsync(call), 1, 1);

        (await Should.ThrowAsync<BudgetExhaustedException>(() => ReserveAsync(call))).StopReason.ShouldBe(StopReasons.LlmCalls);
    }

    [Fact]
    public async Task A_call_waits_for_one_in_flight_that_may_leave_room()
    {
        ChatCall call = new(RunId, null, MaxUsd: 0.015);
        BudgetReservation first = await ReserveAsync(call);

        Task<BudgetReservation> second = ReserveAsync(call);
        second.IsCompleted.ShouldBeFalse();
        await _ledger.SettleAsync(call, first, 100, 10);

        (await second).Number.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_waited_in_vain_is_not_made()
    {
        ChatCall call = new(RunId, null, MaxUsd: 0.015);
        BudgetReservation first = await ReserveAsync(call);

        Task<BudgetReservation> second = ReserveAsync(call);
        await _ledger.SettleUnconfirmedAsync(call, first);

        (await Should.ThrowAsync<BudgetExhaustedException>(() => second)).StopReason.ShouldBe(StopReasons.Usd);
    }

    [Fact]
    public async Task What_another_process_has_in_flight_counts_and_is_not_waited_for()
    {
        ChatCall call = new(RunId, null, MaxUsd: 0.015);
        await new BudgetLedger(_store, Price, new FakeLogger<BudgetLedger>(), TimeProvider.System).ReserveAsync(call, Bounds, Cancellation);

        await Should.ThrowAsync<BudgetExhaustedException>(() => ReserveAsync(call));
    }

    [Fact]
    public async Task Many_at_a_time_never_exceed_the_limit()
    {
        ChatCall call = new(RunId, MaxCalls: 7, null);

        int made = 0;
        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(
            async () =>
            {
                try
                {
                    await _ledger.SettleAsync(call, await ReserveAsync(call), 10, 1);
                    Interlocked.Increment(ref made);
                }
                catch (BudgetExhaustedException)
                {
                    // Those that come too late.
                }
            },
            Cancellation)));

        made.ShouldBe(7);
        (await RowAsync()).Spent.ShouldBe(new ChatUsage(7, 70, 7, 7 * 0.00002), new UsageComparer());
    }

    [Fact]
    public async Task It_warns_once_at_half_and_once_at_four_fifths()
    {
        ChatCall call = new(RunId, MaxCalls: 10, null);
        List<int> warned = [];
        for (int i = 1; i <= 10; i++)
        {
            int before = _log.Collector.Count;
            await _ledger.SettleAsync(call, await ReserveAsync(call), 1, 1);
            if (_log.Collector.Count > before)
            {
                warned.Add(i);
            }
        }

        warned.ShouldBe([5, 8]);
        _log.LatestRecord.Message.ShouldBe($"80 % of a limit of {RunId} is used: 8 calls, under USD 0.0001.");
    }

    [Fact]
    public async Task The_ledger_goes_with_the_run()
    {
        ChatCall call = new(RunId, null, null);
        await _ledger.SettleAsync(call, await ReserveAsync(call), 1, 1);

        await _store.PurgeAsync(RunId, Cancellation);

        (await _store.GetBudgetAsync(RunId, Cancellation)).ShouldBe((BudgetRow.Empty, null));
    }

    private Task<BudgetReservation> ReserveAsync(ChatCall call) => _ledger.ReserveAsync(call, Bounds, Cancellation);

    private async Task<BudgetRow> RowAsync() => (await _store.GetBudgetAsync(RunId, Cancellation)).Row;

    /// <summary>Equal but for the last digits of a sum of dollars.</summary>
    private sealed class UsageComparer : IEqualityComparer<ChatUsage>
    {
        public bool Equals(ChatUsage? x, ChatUsage? y) => x! with { Usd = 0 } == y! with { Usd = 0 } && Math.Abs(x.Usd!.Value - y.Usd!.Value) < 1e-12;

        public int GetHashCode(ChatUsage obj) => obj.Calls;
    }
}

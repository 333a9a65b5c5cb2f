using Microsoft.Extensions.Logging.Testing;
using PelNas.Shared.Chat.Budget;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Chat.Budget;

public sealed class BudgetLedgerTests : IDisposable
{
    private const string RunId = "20260301-120000-test";
    private static readonly ModelPrice Price = new("m", InputUsdPerMillion: 1, OutputUsdPerMillion: 10, "2026-03-01");
    private static readonly TokenEstimate Estimate = new(Input: 1000, Output: 900);

    private readonly TemporaryDirectory _folder = new();
    private readonly SqliteRunStore _store;
    private readonly FakeLogger<BudgetLedger> _log = new();
    private readonly BudgetLedger _ledger;

    public BudgetLedgerTests()
    {
        _store = new SqliteRunStore(_folder.File("store.db"));
        _ledger = new BudgetLedger(_store, Price, _log, TimeProvider.System);
    }

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

        await _ledger.SettleLostAsync(call, await ReserveAsync(call));
        await _ledger.SettleRefusedAsync(call, await ReserveAsync(call));

        BudgetRow row = await RowAsync();
        row.Spent.ShouldBe(new ChatUsage(1, 1000, 900, 0.010));
        row.Unconfirmed.ShouldBe(row.Spent);
        row.Refused.ShouldBe(1);
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
        await _ledger.SettleLostAsync(call, first);

        (await Should.ThrowAsync<BudgetExhaustedException>(() => second)).StopReason.ShouldBe(StopReasons.Usd);
    }

    [Fact]
    public async Task What_another_process_has_in_flight_counts_and_is_not_waited_for()
    {
        ChatCall call = new(RunId, null, MaxUsd: 0.015);
        using SqliteRunStore otherStore = new(_folder.File("store.db"));
        await new BudgetLedger(otherStore, Price, new FakeLogger<BudgetLedger>(), TimeProvider.System).ReserveAsync(call, Estimate, Cancellation);

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
        _log.LatestRecord.Message.ShouldBe($"80 % of a limit of {RunId} is used: 8 calls, 0.0001 US dollars.");
    }

    [Fact]
    public async Task The_ledger_goes_with_the_run()
    {
        ChatCall call = new(RunId, null, null);
        await _ledger.SettleAsync(call, await ReserveAsync(call), 1, 1);

        await _store.DeleteRunAsync(RunId, Cancellation);

        (await _store.GetBudgetAsync(RunId, Cancellation)).ShouldBe((BudgetRow.Empty, null));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private Task<BudgetReservation> ReserveAsync(ChatCall call) => _ledger.ReserveAsync(call, Estimate, Cancellation);

    private async Task<BudgetRow> RowAsync() => (await _store.GetBudgetAsync(RunId, Cancellation)).Row;

    /// <summary>Equal but for the last digits of a sum of dollars.</summary>
    private sealed class UsageComparer : IEqualityComparer<ChatUsage>
    {
        public bool Equals(ChatUsage? x, ChatUsage? y) => x! with { Usd = 0 } == y! with { Usd = 0 } && Math.Abs(x.Usd - y.Usd) < 1e-12;

        public int GetHashCode(ChatUsage obj) => obj.Calls;
    }
}

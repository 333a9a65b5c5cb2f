using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Tests.Llm.Budget;

/// <summary>A ledger whose writes lose their answers while writers of other processes go on.</summary>
public sealed class OvertakenLedgerTests
{
    private static readonly ChatCall Call = new("20260301-120000-test", null, null);
    private static readonly ModelPrice Price = new("m", InputUsdPerMillion: 1, OutputUsdPerMillion: 10, "2026-03-01");
    private static readonly TokenBounds Bounds = new(LeastInput: 1, MostInput: 1000, MostOutput: 900);

    private readonly RunRepository _store = new(new MemoryRowStore());
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_settlement_that_was_written_and_overtaken_is_not_written_twice()
    {
        OvertakenBudgets budgets = new(_store);
        BudgetLedger ledger = Ledger(budgets);
        BudgetReservation reservation = await ledger.ReserveAsync(Call, Bounds, Cancellation);

        budgets.Overtaken = 1;
        await FinishAsync(ledger.SettleAsync(Call, reservation, inputTokens: 800, outputTokens: 50));

        BudgetRow row = (await _store.GetBudgetAsync(Call.RunId, Cancellation)).Row;
        row.Spent.ShouldBe(new ChatUsage(1, 800, 50, 0.0013));
        row.InFlight.ShouldBeEmpty();
        row.Refused.ShouldBe(1, "what the other writer did stays");
    }

    [Fact]
    public async Task A_reservation_that_was_written_and_overtaken_is_made_once()
    {
        OvertakenBudgets budgets = new(_store) { Overtaken = 1 };
        Task<BudgetReservation> reserving = Ledger(budgets).ReserveAsync(Call, Bounds, Cancellation);
        await FinishAsync(reserving);
        (await _store.GetBudgetAsync(Call.RunId, Cancellation)).Row.InFlight.ShouldBe([await reserving]);
    }

    [Fact]
    public async Task A_ledger_that_changes_each_time_is_given_up_after_a_bounded_time()
    {
        OvertakenBudgets budgets = new(_store);
        BudgetLedger ledger = Ledger(budgets);
        BudgetReservation reservation = await ledger.ReserveAsync(Call, Bounds, Cancellation);
        budgets.Refused = int.MaxValue;

        (await Should.ThrowAsync<StoreException>(() => FinishAsync(ledger.SettleAsync(Call, reservation, 1, 1)))).Message.ShouldContain("too many at once");
        (await Should.ThrowAsync<StoreException>(() => FinishAsync(ledger.ReserveAsync(Call, Bounds, Cancellation)))).Message.ShouldContain("too many at once");
        _time.GetUtcNow().ShouldBeLessThan(_time.Start.AddMinutes(4));
        (await _store.GetBudgetAsync(Call.RunId, Cancellation)).Row.InFlight.ShouldBe([reservation], "it counts at its most until somebody settles it");
    }

    private BudgetLedger Ledger(IBudgetStore budgets) => new(budgets, Price, new FakeLogger<BudgetLedger>(), _time);

    /// <summary>Moves the clock until the work is done; the store in memory answers at once, so it only ever waits for the clock.</summary>
    private async Task FinishAsync(Task work)
    {
        for (int i = 0; !work.IsCompleted && i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await work.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    private sealed class OvertakenBudgets(RunRepository inner) : IBudgetStore
    {
        /// <summary>Writes whose answer is lost and that another writer overtakes before they are asked about.</summary>
        public int Overtaken { get; set; }

        /// <summary>Writes that come too late.</summary>
        public int Refused { get; set; }

        public Task<(BudgetRow Row, string? Version)> GetBudgetAsync(string runId, CancellationToken cancellationToken) => inner.GetBudgetAsync(runId, cancellationToken);

        public async Task<bool> TryPutBudgetAsync(string runId, BudgetRow row, string? version, CancellationToken cancellationToken)
        {
            if (Refused > 0)
            {
                Refused--;
                return false;
            }

            bool isWritten = await inner.TryPutBudgetAsync(runId, row, version, cancellationToken);
            if (Overtaken == 0)
            {
                return isWritten;
            }

            Overtaken--;
            (BudgetRow now, string? next) = await inner.GetBudgetAsync(runId, cancellationToken);
            await inner.TryPutBudgetAsync(runId, now with { Refused = now.Refused + 1 }, next, cancellationToken);
            return false;
        }
    }
}

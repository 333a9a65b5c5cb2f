using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Llm.Budget;

/// <summary>
/// Keeps the ledgers of runs. A call is reserved at the most it can cost before it is made and settled at what it did cost, which is never
/// more, so that calls in flight count and no limit is ever exceeded, by however many calls at a time and whatever a provider says.
/// </summary>
public sealed partial class BudgetLedger(IBudgetStore store, ModelPrice? price, ILogger<BudgetLedger> logger, TimeProvider time)
{
    /// <summary>How often a ledger is tried anew when a writer of another process got ahead; with the pauses some half a minute.</summary>
    public const int MaxAttempts = 40;

    private static readonly int[] WarnAtPercent = [80, 50];

    private readonly PendingCalls _pending = new();
    private readonly RunTurns _turns = new();
    private readonly WriteBackOff _backOff = new(time);

    /// <summary>The price that runs are charged by, or null when it is not known.</summary>
    public ModelPrice? Price => price;

    /// <summary>
    /// Reserves a call. When there is room only once others of this process have been settled, it waits for these: they are reserved
    /// at their most and mostly cost less.
    /// </summary>
    /// <exception cref="BudgetExhaustedException">There is no room.</exception>
    /// <exception cref="ProposerRefusedException">The run has a limit of dollars, and the price is not known.</exception>
    public async Task<BudgetReservation> ReserveAsync(ChatCall call, TokenBounds bounds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(bounds);
        ChatUsage atMost = new(1, bounds.MostInput, bounds.MostOutput, price?.Usd(bounds.MostInput, bounds.MostOutput));
#pragma warning disable RS0030 // The mark has to differ from that of any other writer, and no result depends on it.
        string mark = RandomNumberGenerator.GetHexString(16, lowercase: true);
#pragma warning restore RS0030
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            (BudgetReservation? reservation, Task? settlement) = await TryReserveAsync(call, atMost, mark, cancellationToken);
            if (reservation is not null)
            {
                return reservation;
            }

            if (settlement is not null)
            {
                // Others of this process make room one by one; only a writer that got ahead counts as an attempt.
                await settlement.WaitAsync(cancellationToken);
                attempt--;
                continue;
            }

            await _backOff.WaitAsync(attempt, cancellationToken);
        }

        throw TooMany(call);
    }

    /// <summary>Settles a call whose tokens its provider has told (<see cref="TokenBounds.Confirm"/>), and returns what is charged.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tokens are negative or more than were reserved.</exception>
    public async Task<ChatUsage> SettleAsync(ChatCall call, BudgetReservation reservation, long inputTokens, long outputTokens)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputTokens, reservation.AtMost.InputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputTokens, reservation.AtMost.OutputTokens);
        ChatUsage charged = new(1, inputTokens, outputTokens, price?.Usd(inputTokens, outputTokens));
        LlmSpend.Record(call, charged, isConfirmed: true);
        await ChangeAsync(call, reservation, row => row with { Spent = row.Spent + charged });
        return charged;
    }

    /// <summary>
    /// Settles a call of which only its provider knows what it cost, since the answer was lost or its count cannot be true, at the most, and
    /// returns that.
    /// </summary>
    public async Task<ChatUsage> SettleUnconfirmedAsync(ChatCall call, BudgetReservation reservation)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        ChatUsage charged = reservation.AtMost;
        LlmSpend.Record(call, charged, isConfirmed: false);
        await ChangeAsync(call, reservation, row => row with { Spent = row.Spent + charged, Unconfirmed = row.Unconfirmed + charged });
        return charged;
    }

    /// <summary>Settles a call that the provider turned down: it costs nothing.</summary>
    public Task SettleRefusedAsync(ChatCall call, BudgetReservation reservation) => ChangeAsync(
        call, reservation, row => row with { Refused = row.Refused + 1 });

    private static string? WhyFull(ChatCall call, ChatUsage sum) => sum switch
    {
        _ when sum.Calls > call.MaxCalls => StopReasons.LlmCalls,
        _ when sum.Usd > call.MaxUsd => StopReasons.Usd,
        _ => null,
    };

    /// <summary>Tries once. Without a reservation it returns what to wait for, or nothing when another writer got ahead.</summary>
    private async Task<(BudgetReservation? Made, Task? Settlement)> TryReserveAsync(ChatCall call, ChatUsage atMost, string mark, CancellationToken cancellationToken)
    {
        using IDisposable turn = await _turns.TakeAsync(call.RunId, cancellationToken);
        (long changes, Task? settlement) = _pending.Of(call.RunId);
        (BudgetRow row, string? version) = await store.GetBudgetAsync(call.RunId, cancellationToken);
        if (row.InFlight.FirstOrDefault(other => other.Mark == mark) is { } made)
        {
            // Written by an attempt whose answer was lost and that another writer then overtook.
            _pending.Add(call.RunId);
            return (made, null);
        }

        ChatUsage sum = row.Committed + atMost;
        if (call.MaxUsd is { } limit && sum.Usd is null)
        {
            throw Unpriced(call.RunId, limit).ToException();
        }

        if (WhyFull(call, sum) is { } reason)
        {
            bool isStale = _pending.Of(call.RunId).Changes != changes;
            return WhyFull(call, row.Spent + atMost) is not null || (settlement is null && !isStale)
                ? throw new BudgetExhaustedException(call.RunId, reason)
                : (null, settlement ?? Task.CompletedTask);
        }

        BudgetReservation reservation = new(row.NextReservation, atMost, mark);
        BudgetRow next = row with { Price = price, InFlight = [.. row.InFlight, reservation], NextReservation = row.NextReservation + 1 };
        _pending.Add(call.RunId);
        bool isReserved = false;
        try
        {
            isReserved = await store.TryPutBudgetAsync(call.RunId, next, version, cancellationToken);
        }
        finally
        {
            if (!isReserved)
            {
                _pending.Remove(call.RunId);
            }
        }

        return (isReserved ? reservation : null, null);
    }

    /// <summary>Writes a settlement. It is not cancelled: what was spent is spent.</summary>
    private async Task ChangeAsync(ChatCall call, BudgetReservation reservation, Func<BudgetRow, BudgetRow> change)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(reservation);
        try
        {
            for (int attempt = 0; attempt < MaxAttempts; attempt++)
            {
                if (await TryChangeAsync(call, reservation, change))
                {
                    return;
                }

                await _backOff.WaitAsync(attempt, CancellationToken.None);
            }

            throw TooMany(call);
        }
        finally
        {
            _pending.Remove(call.RunId);
        }
    }

    private async Task<bool> TryChangeAsync(ChatCall call, BudgetReservation reservation, Func<BudgetRow, BudgetRow> change)
    {
        using IDisposable turn = await _turns.TakeAsync(call.RunId, CancellationToken.None);
        (BudgetRow row, string? version) = await store.GetBudgetAsync(call.RunId, CancellationToken.None);
        if (row.InFlight.All(other => other.Number != reservation.Number))
        {
            // Settled by an attempt whose answer was lost, or deleted with its run: never charge a second time.
            return true;
        }

        BudgetRow next = change(row) with { InFlight = [.. row.InFlight.Where(other => other.Number != reservation.Number)] };
        int percent = WarnAtPercent.FirstOrDefault(mark => Percent(call, next.Spent) >= mark);
        next = next with { WarnedPercent = Math.Max(row.WarnedPercent, percent) };
        if (!await store.TryPutBudgetAsync(call.RunId, next, version, CancellationToken.None))
        {
            return false;
        }

        if (percent > row.WarnedPercent)
        {
            LogShare(percent, call.RunId, next.Spent.Calls, CostText.Of(next.Spent.Usd));
        }

        return true;
    }

    private static StoreException TooMany(ChatCall call) => new(
        $"ledger of {call.RunId}", $"is written to by too many at once: it changed {MaxAttempts} times while a call was written", "Run fewer workers on one search, then try again.");

    /// <summary>A run is not planned so (<see cref="SearchRequestValidator"/>), but it may go on under other settings.</summary>
    private static ProposerFault Unpriced(string runId, double limit) => new(
        FaultKind.Unpriced,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The limit of {limit} US dollars of {runId} cannot be kept, since the price of the model is not known; {PriceTable.HowToSet}."));

    private static double Percent(ChatCall call, ChatUsage spent) => Math.Max(
        call.MaxCalls is > 0 ? 100.0 * spent.Calls / call.MaxCalls.Value : 0,
        call.MaxUsd is > 0 ? 100.0 * (spent.Usd ?? 0) / call.MaxUsd.Value : 0);

    [LoggerMessage(LogLevel.Warning, "{Percent} % of a limit of {RunId} is used: {Calls} calls, {Cost}.")]
    private partial void LogShare(int percent, string runId, int calls, string cost);
}

using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;
using PelNas.Shared.Telemetry;

namespace PelNas.Shared.Chat.Budget;

/// <summary>
/// Keeps the ledgers of runs. A call is reserved at the most it can cost before it is made and settled at what it did cost, so that
/// calls in flight count and no limit is ever exceeded, by however many calls at a time.
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
    public async Task<BudgetReservation> ReserveAsync(ChatCall call, TokenEstimate estimate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(estimate);
        ChatUsage atMost = new(1, estimate.Input, estimate.Output, Usd(estimate.Input, estimate.Output));
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

    /// <summary>Settles a call that was answered.</summary>
    public Task SettleAsync(ChatCall call, BudgetReservation reservation, long inputTokens, long outputTokens)
    {
        ChatUsage usage = new(1, inputTokens, outputTokens, Usd(inputTokens, outputTokens));
        LlmSpend.Record(call, usage, isConfirmed: true);
        return ChangeAsync(call, reservation, row => row with { Spent = row.Spent + usage });
    }

    /// <summary>Settles a call whose answer was lost at the most it can have cost.</summary>
    public Task SettleLostAsync(ChatCall call, BudgetReservation reservation)
    {
        LlmSpend.Record(call, reservation.AtMost, isConfirmed: false);
        return ChangeAsync(
            call, reservation, row => row with { Spent = row.Spent + reservation.AtMost, Unconfirmed = row.Unconfirmed + reservation.AtMost });
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

        if (WhyFull(call, row.Committed + atMost) is { } reason)
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
            LogShare(percent, call.RunId, next.Spent.Calls, next.Spent.Usd);
        }

        return true;
    }

    private static StoreException TooMany(ChatCall call) => new(
        $"ledger of {call.RunId}", $"is written to by too many at once: it changed {MaxAttempts} times while a call was written", "Run fewer workers on one search, then try again.");

    private double Usd(long inputTokens, long outputTokens) => price?.Usd(inputTokens, outputTokens) ?? 0;

    private static double Percent(ChatCall call, ChatUsage spent) => Math.Max(
        call.MaxCalls is > 0 ? 100.0 * spent.Calls / call.MaxCalls.Value : 0,
        call.MaxUsd is > 0 ? 100.0 * spent.Usd / call.MaxUsd.Value : 0);

    [LoggerMessage(LogLevel.Warning, "{Percent} % of a limit of {RunId} is used: {Calls} calls, {Usd:0.0000} US dollars.")]
    private partial void LogShare(int percent, string runId, int calls, double usd);
}

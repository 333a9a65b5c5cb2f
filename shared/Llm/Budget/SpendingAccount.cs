using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Budget;

/// <summary>
/// The account of one partition's generation. A call is reserved at the most it can cost before it is made, and written down, and settled
/// at what it did cost, which is never more: so calls in flight count, and no limit is exceeded, whatever a provider says and whenever a
/// process is killed.
/// </summary>
/// <param name="runId">The run that pays.</param>
/// <param name="allowance">What may be spent.</param>
/// <param name="row">What is spent by now.</param>
/// <param name="save">
/// Writes the row and says whether it stands: false when another delivery of the step has written meanwhile.
/// </param>
public sealed class SpendingAccount(string runId, Allowance allowance, SpendingRow row, Func<SpendingRow, Task<bool>> save)
{
    /// <summary>What is spent by now.</summary>
    public SpendingRow Row { get; private set; } = row.Settled();

    /// <summary>Reserves a call.</summary>
    /// <param name="bounds">Between what its tokens lie.</param>
    /// <param name="price">The price of its tokens, or null when it is not known.</param>
    /// <exception cref="BudgetExhaustedException">There is no room.</exception>
    /// <exception cref="ProposerRefusedException">There is a limit of dollars, and the price is not known.</exception>
    /// <exception cref="InvalidOperationException">The same step runs elsewhere.</exception>
    public async Task<ChatUsage> ReserveAsync(TokenBounds bounds, ModelPrice? price)
    {
        ChatUsage atMost = new(1, bounds.MostInput, bounds.MostOutput, price?.Usd(bounds.MostInput, bounds.MostOutput));
        ChatUsage sum = Row.Spent + atMost;
        if (allowance.Usd is { } limit && sum.Usd is null)
        {
            throw Unpriced(limit).ToException();
        }

        if (sum.Calls > allowance.Calls || sum.Usd > allowance.Usd)
        {
            throw sum.Calls > allowance.Calls
                ? new BudgetExhaustedException(runId, StopReasons.LlmCalls)
                : new BudgetExhaustedException(runId, StopReasons.Usd, atMost.Usd);
        }

        SpendingRow reserved = Row with { InFlight = atMost };
        if (!await save(reserved))
        {
            throw new InvalidOperationException($"The same step of {runId} runs elsewhere and asks. This one has spent nothing; it finds "
                + "the answer when it runs again.");
        }

        Row = reserved;
        return atMost;
    }

    /// <summary>Settles the call under way by the tokens that its provider has reported (<see cref="TokenBounds.Confirm"/>).</summary>
    public Task SettleAsync(ChatUsage charged) => WriteAsync(Row with { Spent = Row.Spent + charged, InFlight = null, LastFault = null });

    /// <summary>
    /// Settles the call under way, of which only its provider knows what it cost, since the answer was lost or its count cannot be true, at
    /// the most.
    /// </summary>
    /// <param name="fault">Why no answer came; null where one did.</param>
    public Task SettleUnconfirmedAsync(string? fault = null) => WriteAsync(Row.Settled() with { LastFault = fault });

    /// <summary>Settles a call that the provider turned down: it costs nothing.</summary>
    /// <param name="fault">Why it did.</param>
    public Task SettleRefusedAsync(string? fault = null)
        => WriteAsync(Row with { Refused = Row.Refused + 1, InFlight = null, LastFault = fault });

    // Where another delivery of the step has written since the reservation it has charged the call at the most, and that stands.
    private async Task WriteAsync(SpendingRow settled)
    {
        Row = settled;
        await save(settled);
    }

    /// <summary>A run is not planned so, but it may go on under other settings.</summary>
    private ProposerFault Unpriced(double limit) => new(
        FaultKind.Unpriced,
        $"The limit of US dollars of {runId} cannot be kept ({limit:0.####} are left here), since the price of the model is not "
        + $"known; {PriceTable.HowToSet}.");
}

/// <summary>On whose account a call is made. Travels with the call's options to the budget client and no further.</summary>
/// <param name="RunId">The run that pays.</param>
/// <param name="Partition">The partition that asks, or null.</param>
/// <param name="Account">The account, or null where nothing is charged.</param>
public sealed record ChatCall(string RunId, int? Partition = null, SpendingAccount? Account = null)
{
    private const string Property = "pelnas.call";

    /// <summary>Adds this call to options.</summary>
    public void AddTo(ChatOptions options)
    {
        (options.AdditionalProperties ??= [])[Property] = this;
    }

    /// <summary>The call in options, or null.</summary>
    public static ChatCall? In(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Property) as ChatCall;

    /// <summary>A copy of the options without the call: the SDKs would send it.</summary>
    public static ChatOptions? Without(ChatOptions? options)
    {
        if (In(options) is null)
        {
            return options;
        }

        ChatOptions copy = options!.Clone();
        copy.AdditionalProperties!.Remove(Property);
        return copy;
    }
}

/// <summary>A call was not made since it might have exceeded a limit of the run.</summary>
public sealed class BudgetExhaustedException(string runId, string stopReason, double? neededUsd = null)
    : Exception($"The run {runId} has no budget left for another call ({stopReason}).")
{
    /// <summary><see cref="StopReasons.LlmCalls"/> or <see cref="StopReasons.Usd"/>.</summary>
    public string StopReason { get; } = stopReason;

    /// <summary>What the call that did not fit could have cost, US dollars; null where dollars were not what was missing.</summary>
    public double? NeededUsd { get; } = neededUsd;
}
